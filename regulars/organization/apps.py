from django.apps import AppConfig


class OrganizationConfig(AppConfig):
    name = "regulars.organization"

    def ready(self) -> None:
        from regulars.organization.staff import second_factor

        second_factor.listen()
