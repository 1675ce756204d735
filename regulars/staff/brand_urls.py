from django.urls import path

from regulars.staff.customers.listing import customers, customers_export
from regulars.staff.customers.page import customer, story
from regulars.staff.customers.search import search
from regulars.staff.system import retrial, system, today_system
from regulars.staff.tasks import cancellation, task
from regulars.staff.today import today

app_name = "staff"
urlpatterns = [
    path("", today, name="today"),
    path("today/system/", today_system, name="today_system"),
    path("search/", search, name="search"),
    path("customers/", customers, name="customers"),
    path("customers/export/", customers_export, name="customers_export"),
    path("customers/<str:customer>/", customer, name="customer"),
    path("customers/<str:customer>/story/", story, name="story"),
    path("tasks/<int:task>/", task, name="task"),
    path("tasks/<int:task>/cancellation/", cancellation, name="cancellation"),
    path("settings/system/", system, name="system"),
    path("settings/system/set-aside/<int:poisoned>/retrial/", retrial, name="retrial"),
]
