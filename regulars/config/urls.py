from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("regulars.staff.urls")),
    path("", include("regulars.organization.staff.account_urls")),
    path("", include("regulars.differentiate.segments.staff.schema_urls")),
    path("b/<slug:brand>/", include("regulars.identify.customers.staff.urls")),
    path("b/<slug:brand>/", include("regulars.identify.commerce.staff.urls")),
    path("b/<slug:brand>/", include("regulars.identify.intake.staff.urls")),
    path("b/<slug:brand>/", include("regulars.differentiate.metrics.staff.urls")),
    path("b/<slug:brand>/", include("regulars.differentiate.explore.staff.urls")),
    path("b/<slug:brand>/", include("regulars.differentiate.value.staff.urls")),
    path("b/<slug:brand>/", include("regulars.differentiate.segments.staff.urls")),
    path("b/<slug:brand>/", include("regulars.staff.brand_urls")),
    path("b/<slug:brand>/", include("regulars.organization.staff.urls")),
]

handler400 = "regulars.staff.errors.not_understood"
handler403 = "regulars.staff.errors.not_allowed"
handler404 = "regulars.staff.errors.not_here"
handler500 = "regulars.staff.errors.broken"
