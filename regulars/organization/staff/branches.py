"""The pages about branches."""

from copy import copy

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import F, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from regulars.organization.access import Access
from regulars.organization.audience import StaffRequest, staff_page
from regulars.organization.branches import (
    change_branch,
    close_branch,
    open_branch,
    reopen_branch,
)
from regulars.organization.models import Branch, Brand
from regulars.organization.permissions import Permission
from regulars.organization.staff.flash import say_done


class BranchForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Branch
        fields = ["name", "code", "city", "opened_on"]
        widgets = {"opened_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}


@staff_page(Permission.MANAGE_BRAND)
def branches(request: StaffRequest, brand: Brand) -> HttpResponse:
    may_open = request.access.permits(everywhere=True)
    form = BranchForm(request.POST or None) if may_open else None
    if request.method == "POST" and form is not None and form.is_valid():
        try:
            opened = open_branch(brand, **form.cleaned_data, by=request.access, now=timezone.now())
        except ValidationError:
            form.add_error("code", _("Another branch of the brand has this code."))
        else:
            say_done(request, _("%(branch)s is open.") % {"branch": opened.name}, None)
            return redirect("organization:branches", brand=brand.slug)
    status = 422 if form is not None and form.errors else 200
    page = {"brand": brand, "branches": _branches(request.access), "form": form}
    return render(request, "organization/branches.html", page, status=status)


@staff_page(Permission.MANAGE_BRAND)
def branch(request: StaffRequest, brand: Brand, branch: int) -> HttpResponse:
    here = get_object_or_404(_branches(request.access), pk=branch)
    form = BranchForm(request.POST or None, instance=copy(here))
    if request.method == "POST" and form.is_valid():
        try:
            entry = change_branch(
                here, values=form.cleaned_data, by=request.access, now=timezone.now()
            )
        except ValidationError:
            form.add_error("code", _("Another branch of the brand has this code."))
        else:
            say_done(request, _("Saved."), entry)
            return redirect("organization:branches", brand=brand.slug)
    status = 422 if form.errors else 200
    page = {"brand": brand, "branch": here, "form": form}
    return render(request, "organization/branch.html", page, status=status)


@staff_page(Permission.MANAGE_BRAND)
@require_POST
def closing(request: StaffRequest, brand: Brand, branch: int) -> HttpResponse:
    here = get_object_or_404(_branches(request.access), pk=branch)
    now = timezone.now()
    entry = close_branch(here, on=now.astimezone(brand.zone).date(), by=request.access, now=now)
    say_done(request, _("%(branch)s is closed.") % {"branch": here.name}, entry)
    return redirect("organization:branches", brand=brand.slug)


@staff_page(Permission.MANAGE_BRAND)
@require_POST
def opening(request: StaffRequest, brand: Brand, branch: int) -> HttpResponse:
    here = get_object_or_404(_branches(request.access), pk=branch)
    entry = reopen_branch(here, by=request.access, now=timezone.now())
    say_done(request, _("%(branch)s is open again.") % {"branch": here.name}, entry)
    return redirect("organization:branches", brand=brand.slug)


def _branches(access: Access) -> QuerySet[Branch]:
    here = Branch.objects.filter(brand=access.brand).order_by(
        F("closed_on").asc(nulls_first=True), "name", "pk"
    )
    return here if access.branch_ids is None else here.filter(pk__in=access.branch_ids)
