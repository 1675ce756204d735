"""The panel of the people and animals a customer buys for."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from regulars.identify.customers.household import (
    add_member,
    change_member,
    member_of,
    remove_member,
)
from regulars.identify.customers.models import HouseholdMember
from regulars.identify.customers.showing import shown_member
from regulars.identify.customers.staff.forms import MemberForm
from regulars.identify.customers.staff.panels import customer_or_404, panel, to_customer
from regulars.identify.customers.staff.refusals import refusals_in
from regulars.identify.customers.staff.undoing import say_removed
from regulars.organization.public import Brand, Permission, StaffRequest, staff_page


@staff_page(Permission.EDIT_CUSTOMERS)
def new_member(request: StaffRequest, brand: Brand, customer: str) -> HttpResponse:
    person = customer_or_404(request, brand, customer)
    form = MemberForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form, access=request.access):
            add_member(customer=person, member=form.member(), by=request.user, now=timezone.now())
        if form.is_valid():
            messages.success(request, _("Added."))
            return to_customer(request, person)
    status = 422 if form.is_bound else 200
    return panel(request, "customers/member.html", person, {"form": form}, status=status)


@staff_page(Permission.EDIT_CUSTOMERS)
def member(request: StaffRequest, brand: Brand, member: int) -> HttpResponse:
    row = _member_or_404(request, brand, member)
    known = member_of(row)
    initial = {name: getattr(known, name) for name in known.__slots__}
    form = MemberForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form, access=request.access):
            change_member(row=row, member=form.member(), by=request.user, now=timezone.now())
        if form.is_valid():
            messages.success(request, _("Saved."))
            return to_customer(request, row.customer)
    status = 422 if form.is_bound else 200
    today = timezone.now().astimezone(brand.zone).date()
    masked = request.access.masked_at(row.customer.branch_id)
    context = {"form": form, "member": shown_member(row, today=today, masked=masked)}
    return panel(request, "customers/member.html", row.customer, context, status=status)


@staff_page(Permission.EDIT_CUSTOMERS)
@require_POST
def member_removal(request: StaffRequest, brand: Brand, member: int) -> HttpResponse:
    row = _member_or_404(request, brand, member)
    who = row.name or row.get_kind_display()
    removed = remove_member(row=row, by=request.user, now=timezone.now())
    say_removed(request, row.customer, _("Removed: %(who)s.") % {"who": who}, removed)
    return to_customer(request, row.customer)


def _member_or_404(request: StaffRequest, brand: Brand, member: int) -> HouseholdMember:
    row = get_object_or_404(HouseholdMember.objects.select_related("customer"), pk=member)
    row.customer = customer_or_404(request, brand, row.customer.public_id)
    return row
