from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class TimelineConfig(AppConfig):
    name = "regulars.identify.timeline"

    def ready(self) -> None:
        autodiscover_modules("events", "reactions")
