from importlib import import_module

from django.apps import AppConfig


class CustomersConfig(AppConfig):
    name = "regulars.identify.customers"

    def ready(self) -> None:
        import_module("regulars.identify.customers.prefix")
