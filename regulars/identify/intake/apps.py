from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "regulars.identify.intake"
