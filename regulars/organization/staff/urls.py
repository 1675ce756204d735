from django.urls import path

from regulars.organization.staff.audit import audit_export, audit_log
from regulars.organization.staff.branches import branch, branches, closing, opening
from regulars.organization.staff.brand import brand
from regulars.organization.staff.people import (
    comeback,
    dismissal,
    invitation_renewal,
    people,
    person,
    removal,
)
from regulars.organization.staff.settings_pages import settings
from regulars.organization.staff.undoing import undoing

app_name = "organization"
urlpatterns = [
    path("settings/", settings, name="settings"),
    path("settings/brand/", brand, name="brand"),
    path("settings/branches/", branches, name="branches"),
    path("settings/branches/<int:branch>/", branch, name="branch"),
    path("settings/branches/<int:branch>/closing/", closing, name="closing"),
    path("settings/branches/<int:branch>/opening/", opening, name="opening"),
    path("settings/staff/", people, name="people"),
    path("settings/staff/<int:person>/", person, name="person"),
    path("settings/staff/<int:person>/invitation/", invitation_renewal, name="invitation_renewal"),
    path("settings/staff/<int:person>/dismissal/", dismissal, name="dismissal"),
    path("settings/staff/<int:person>/comeback/", comeback, name="comeback"),
    path("settings/staff/roles/<int:role>/removal/", removal, name="removal"),
    path("settings/audit/", audit_log, name="audit"),
    path("settings/audit/export/", audit_export, name="audit_export"),
    path("settings/undo/<int:entry>/", undoing, name="undo"),
]
