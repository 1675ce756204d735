"""The panel of a person's identifiers."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from regulars.identify.customers.finding import person_of
from regulars.identify.customers.identification import add_identifier, remove_identifier
from regulars.identify.customers.identifier_kinds import KINDS
from regulars.identify.customers.models import Customer, Identifier
from regulars.identify.customers.showing import shown_identifiers
from regulars.identify.customers.staff.forms import IdentifierForm
from regulars.identify.customers.staff.panels import customer_or_404, panel, to_customer
from regulars.identify.customers.staff.refusals import refusals_in
from regulars.identify.customers.staff.undoing import say_removed
from regulars.organization.public import Brand, Permission, StaffRequest, staff_page


@staff_page(Permission.EDIT_CUSTOMERS)
def identifiers(request: StaffRequest, brand: Brand, customer: str) -> HttpResponse:
    person = customer_or_404(request, brand, customer)
    form = IdentifierForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form, access=request.access):
            add_identifier(
                customer=person,
                kind=form.cleaned_data["kind"],
                value=form.cleaned_data["value"],
                by=request.user,
                now=timezone.now(),
                source="desk",
            )
        if form.is_valid():
            messages.success(request, _("Added."))
            return to_customer(request, person)
    status = 422 if form.is_bound else 200
    context = {"form": form, "identifiers": _shown(request, person)}
    return panel(request, "customers/identifiers.html", person, context, status=status)


@staff_page(Permission.EDIT_CUSTOMERS)
@require_POST
def identifier_removal(request: StaffRequest, brand: Brand, identifier: int) -> HttpResponse:
    row = get_object_or_404(Identifier.objects.select_related("customer"), pk=identifier)
    person = customer_or_404(request, brand, row.owner.public_id)
    removed = remove_identifier(identifier=row, by=request.user, now=timezone.now())
    sentence = _("Removed: %(kind)s.") % {"kind": KINDS[row.kind].label}
    say_removed(request, person, sentence, removed)
    return to_customer(request, person)


def _shown(request: StaffRequest, customer: Customer) -> object:
    masked = request.access.masked_at(customer.branch_id)
    return shown_identifiers(person_of(customer), masked=masked)
