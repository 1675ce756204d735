from django.urls import path

from regulars.identify.intake.staff.columns import columns
from regulars.identify.intake.staff.imports import imports, new_import
from regulars.identify.intake.staff.one_import import one_import, rejects, run
from regulars.identify.intake.staff.today import today_imports
from regulars.identify.intake.staff.undoing import undo

app_name = "intake"
urlpatterns = [
    path("imports/", imports, name="imports"),
    path("today/imports/", today_imports, name="today_imports"),
    path("imports/new/", new_import, name="new_import"),
    path("imports/<int:file_import>/", one_import, name="import"),
    path("imports/<int:file_import>/columns/", columns, name="columns"),
    path("imports/<int:file_import>/run/", run, name="run"),
    path("imports/<int:file_import>/undo/", undo, name="undo"),
    path("imports/<int:file_import>/rejects/", rejects, name="rejects"),
]
