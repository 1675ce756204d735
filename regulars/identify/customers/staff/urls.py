from django.urls import path

from regulars.identify.customers.staff.about import about
from regulars.identify.customers.staff.blocked_values import blocked_values, unblocking
from regulars.identify.customers.staff.field_settings import (
    field,
    field_restoration,
    fields,
    purge,
    retirement,
)
from regulars.identify.customers.staff.field_values import field_values
from regulars.identify.customers.staff.household import member, member_removal, new_member
from regulars.identify.customers.staff.identifiers import identifier_removal, identifiers
from regulars.identify.customers.staff.profile import new_customer, note, profile
from regulars.identify.customers.staff.timeline import timeline
from regulars.identify.customers.staff.undoing import undoing

app_name = "customers"
urlpatterns = [
    path("customers/new/", new_customer, name="new_customer"),
    path("customers/<str:customer>/about/", about, name="about"),
    path("customers/<str:customer>/timeline/", timeline, name="timeline"),
    path("customers/<str:customer>/profile/", profile, name="profile"),
    path("customers/<str:customer>/note/", note, name="note"),
    path("customers/<str:customer>/fields/", field_values, name="field_values"),
    path("customers/<str:customer>/identifiers/", identifiers, name="identifiers"),
    path("customers/<str:customer>/household/", new_member, name="new_member"),
    path("customers/<str:customer>/undo/<str:removed>/", undoing, name="undo"),
    path("identifiers/<int:identifier>/removal/", identifier_removal, name="identifier_removal"),
    path("household/<int:member>/", member, name="member"),
    path("household/<int:member>/removal/", member_removal, name="member_removal"),
    path("settings/fields/", fields, name="fields"),
    path("settings/fields/<int:field>/", field, name="field"),
    path("settings/fields/<int:field>/retirement/", retirement, name="field_retirement"),
    path("settings/fields/<int:field>/restoration/", field_restoration, name="field_restoration"),
    path("settings/fields/<int:field>/purge/", purge, name="field_purge"),
    path("settings/blocked-values/", blocked_values, name="blocked_values"),
    path("settings/blocked-values/<int:blocked>/removal/", unblocking, name="unblocking"),
]
