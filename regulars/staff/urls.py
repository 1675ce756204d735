from django.urls import path

from regulars.staff.health import health

urlpatterns = [
    path("healthz", health, name="health"),
]
