from django.urls import path
from django.views.i18n import set_language

from regulars.organization.public import public_page
from regulars.staff.gallery import gallery
from regulars.staff.health import health
from regulars.staff.stylesheet import stylesheet

urlpatterns = [
    path("healthz", health, name="health"),
    path("i18n/", public_page(set_language), name="set_language"),
    path("ui/", gallery, name="gallery"),
    path("ui/<slug:fingerprint>.css", stylesheet, name="stylesheet"),
]
