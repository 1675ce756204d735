from django.apps import AppConfig


class CommerceConfig(AppConfig):
    name = "regulars.identify.commerce"
