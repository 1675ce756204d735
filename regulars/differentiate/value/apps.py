from django.apps import AppConfig


class ValueConfig(AppConfig):
    name = "regulars.differentiate.value"
