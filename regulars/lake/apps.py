from django.apps import AppConfig


class LakeConfig(AppConfig):
    name = "regulars.lake"
