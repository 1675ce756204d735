from django.urls import path

from regulars.staff.today import today

app_name = "staff"
urlpatterns = [
    path("", today, name="today"),
]
