from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("regulars.staff.urls")),
    path("accounts/", include("regulars.organization.staff.account_urls")),
]
