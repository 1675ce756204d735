from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class WorkConfig(AppConfig):
    name = "regulars.work"

    def ready(self) -> None:
        autodiscover_modules("duties", "tasks")
