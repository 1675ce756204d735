from django.urls import path

from regulars.differentiate.explore.staff import answers, explore, opened

app_name = "explore"
urlpatterns = [
    path("explore/", explore.explore, name="explore"),
    path("explore/file/", answers.file, name="file"),
    path("explore/people/", opened.people, name="people"),
    path("explore/orders/", opened.orders, name="orders"),
]
