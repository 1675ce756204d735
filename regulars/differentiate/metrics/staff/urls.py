from django.urls import path

from regulars.differentiate.metrics.staff.cohorts import cohorts, cohorts_export
from regulars.differentiate.metrics.staff.concentration import concentration, concentration_export
from regulars.differentiate.metrics.staff.structure import structure

app_name = "metrics"
urlpatterns = [
    path("concentration/", concentration, name="concentration"),
    path("concentration/export/", concentration_export, name="concentration_export"),
    path("cohorts/", cohorts, name="cohorts"),
    path("cohorts/export/", cohorts_export, name="cohorts_export"),
    path("structure/", structure, name="structure"),
]
