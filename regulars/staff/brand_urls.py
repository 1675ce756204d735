from django.urls import path

from regulars.staff.customers.listing import customers
from regulars.staff.customers.page import customer, story
from regulars.staff.customers.search import search
from regulars.staff.today import today

app_name = "staff"
urlpatterns = [
    path("", today, name="today"),
    path("search/", search, name="search"),
    path("customers/", customers, name="customers"),
    path("customers/<str:customer>/", customer, name="customer"),
    path("customers/<str:customer>/story/", story, name="story"),
]
