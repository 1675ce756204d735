"""The panel beside the timeline: who the person is."""

from django.http import HttpResponse
from django.utils import timezone

from regulars.identify.customers.fields import fields_of
from regulars.identify.customers.finding import person_of
from regulars.identify.customers.showing import shown_household, shown_identifiers
from regulars.identify.customers.staff.facts import field_facts, profile_facts
from regulars.identify.customers.staff.panels import customer_or_404, panel
from regulars.organization.public import Brand, Permission, StaffRequest, staff_page


@staff_page(Permission.SEE_CUSTOMERS)
def about(request: StaffRequest, brand: Brand, customer: str) -> HttpResponse:
    person = customer_or_404(request, brand, customer)
    masked = request.access.masked_at(person.branch_id)
    today = timezone.now().astimezone(brand.zone).date()
    fields = fields_of(brand=brand)
    context = {
        "masked": masked,
        "facts": list(profile_facts(person, today=today, masked=masked)),
        "identifiers": shown_identifiers(person_of(person), masked=masked),
        "household": shown_household(person, today=today, masked=masked),
        "fields": fields,
        "field_facts": list(field_facts(person, fields, masked=masked)),
    }
    return panel(request, "customers/about.html", person, context)
