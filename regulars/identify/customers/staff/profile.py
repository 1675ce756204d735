"""Register a customer, and change what is known about one."""

from dataclasses import replace

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from regulars.identify.customers.profile import change_profile, profile_of
from regulars.identify.customers.registration import register_customer
from regulars.identify.customers.staff.forms import (
    NewCustomerForm,
    NoteForm,
    ProfileForm,
    profile_initial,
)
from regulars.identify.customers.staff.panels import customer_or_404, panel, to_customer
from regulars.identify.customers.staff.refusals import refusals_in
from regulars.organization.public import Brand, Permission, StaffRequest, staff_page


@staff_page(Permission.EDIT_CUSTOMERS)
def new_customer(request: StaffRequest, brand: Brand) -> HttpResponse:
    access = request.access
    form = NewCustomerForm(request.POST or None, access=access)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form, access=access):
            made = register_customer(
                brand=brand,
                profile=form.profile(),
                given=form.given(),
                by=request.user,
                now=timezone.now(),
                source="desk",
            )
        if form.is_valid():
            messages.success(request, _("Registered."))
            return redirect("staff:customer", brand.slug, made.public_id)
    status = 422 if form.is_bound else 200
    return render(
        request, "customers/new_customer.html", {"brand": brand, "form": form}, status=status
    )


@staff_page(Permission.EDIT_CUSTOMERS)
def profile(request: StaffRequest, brand: Brand, customer: str) -> HttpResponse:
    person = customer_or_404(request, brand, customer)
    known = profile_of(person)
    initial = profile_initial(known)
    form = ProfileForm(request.POST or None, access=request.access, initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form, access=request.access):
            wanted = form.profile(note=known.note)
            change_profile(customer=person, profile=wanted, by=request.user, now=timezone.now())
        if form.is_valid():
            messages.success(request, _("Saved."))
            return to_customer(request, person)
    status = 422 if form.is_bound else 200
    return panel(request, "customers/profile.html", person, {"form": form}, status=status)


@staff_page(Permission.EDIT_CUSTOMERS)
def note(request: StaffRequest, brand: Brand, customer: str) -> HttpResponse:
    person = customer_or_404(request, brand, customer)
    form = NoteForm(request.POST or None, initial={"note": person.note})
    if request.method == "POST" and form.is_valid():
        wanted = replace(profile_of(person), note=form.cleaned_data["note"].strip())
        change_profile(customer=person, profile=wanted, by=request.user, now=timezone.now())
        messages.success(request, _("Saved."))
        return to_customer(request, person)
    status = 422 if form.is_bound else 200
    return panel(request, "customers/note.html", person, {"form": form}, status=status)
