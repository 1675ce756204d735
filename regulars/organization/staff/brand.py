"""The pages about a brand itself."""

from copy import copy
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from regulars.organization.audience import SignedInRequest, StaffRequest, signed_in_page, staff_page
from regulars.organization.brands import (
    BrandTaken,
    SecondFactorFirst,
    change_brand,
    may_open_brands,
    open_brand,
)
from regulars.organization.languages import languages
from regulars.organization.models import Brand
from regulars.organization.models.brand import timezone_names
from regulars.organization.permissions import Permission
from regulars.organization.staff.flash import say_done


class BrandForm(forms.ModelForm):  # type: ignore[type-arg]
    timezone = forms.ChoiceField(
        label=gettext_lazy("Time zone"),
        help_text=gettext_lazy("A visit is a day here. Days already counted stay as they are."),
    )
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=languages)

    class Meta:
        model = Brand
        fields = ["name", "timezone", "currency", "country", "language", "two_factor_for"]
        help_texts = {
            "currency": gettext_lazy("Three letters of ISO 4217, such as GBP."),
            "country": gettext_lazy("Two letters, such as GB: how phone numbers are read."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = dict.fromkeys([*timezone_names(), self.instance.timezone])
        zone = self.fields["timezone"]
        zone.choices = [(name, name.replace("_", " ")) for name in names]  # type: ignore[attr-defined]


class NewBrandForm(BrandForm):
    class Meta(BrandForm.Meta):
        fields = ["name", "slug", "timezone", "currency", "language"]
        help_texts = {
            **BrandForm.Meta.help_texts,
            "slug": gettext_lazy("Part of every address: lower-case letters, digits and hyphens."),
        }


@staff_page(Permission.MANAGE_BRAND, everywhere=True)
def brand(request: StaffRequest, brand: Brand) -> HttpResponse:
    form = BrandForm(request.POST or None, instance=copy(brand))
    if not request.access.may(Permission.MANAGE_STAFF):
        del form.fields["two_factor_for"]
    if request.method == "POST" and form.is_valid():
        try:
            entry = change_brand(
                brand, values=form.cleaned_data, by=request.access, now=timezone.now()
            )
        except SecondFactorFirst:
            form.add_error("two_factor_for", _("Set up a second factor yourself first."))
        else:
            say_done(request, _("Saved."), entry)
            return redirect("organization:brand", brand=brand.slug)
    status = 422 if form.errors else 200
    page = {"brand": brand, "form": form, "may_open_brands": may_open_brands(request.user)}
    return render(request, "organization/brand.html", page, status=status)


@signed_in_page
def new_brand(request: SignedInRequest) -> HttpResponse:
    if not may_open_brands(request.user):
        raise PermissionDenied
    form = NewBrandForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            opened = open_brand(**form.cleaned_data, by=request.user, now=timezone.now())
        except BrandTaken:
            form.add_error("slug", _("Another brand has this short name."))
        else:
            messages.success(request, _("%(brand)s is open.") % {"brand": opened.name})
            return redirect("organization:settings", brand=opened.slug)
    status = 422 if form.errors else 200
    return render(request, "organization/new_brand.html", {"form": form}, status=status)
