"""Settings: the thresholds, and what the board would look like with others."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from regulars.differentiate.metrics.limits import DEFAULTS, Limits, limits_from, limits_of
from regulars.differentiate.metrics.looking import latest, standpoint_of
from regulars.differentiate.metrics.models import Thresholds
from regulars.differentiate.metrics.staff.forecast import forecast
from regulars.differentiate.metrics.staff.recount import is_awaited
from regulars.differentiate.metrics.thresholds import (
    SUBJECT,
    ThresholdsChangedSince,
    change_thresholds,
    undo_thresholds,
)
from regulars.organization.public import AuditEntry, Brand, Permission, StaffRequest, staff_page


class ThresholdsForm(forms.ModelForm):  # type: ignore[type-arg]
    GROUPS = (
        (gettext_lazy("The active window A"), ("percentile", "active_days")),
        (gettext_lazy("How long ago, times A"), ("silent_multiple", "dormant_multiple")),
        (gettext_lazy("How often, visits from"), ("second_from", "regular_from", "fan_from")),
        (gettext_lazy("Expected, days ahead"), ("due_within_days", "leaving_within_days")),
    )

    class Meta:
        model = Thresholds
        fields = [
            "percentile", "active_days", "silent_multiple", "dormant_multiple", "second_from",
            "regular_from", "fan_from", "due_within_days", "leaving_within_days",
        ]  # fmt: skip
        labels = {
            "percentile": gettext_lazy("Per cent of returns"),
            "active_days": gettext_lazy("Or so many days"),
            "silent_multiple": gettext_lazy("Silent up to"),
            "dormant_multiple": gettext_lazy("Dormant up to"),
            "second_from": gettext_lazy("Second-time"),
            "regular_from": gettext_lazy("Regular"),
            "fan_from": gettext_lazy("Fan"),
            "due_within_days": gettext_lazy("Due"),
            "leaving_within_days": gettext_lazy("About to leave"),
        }
        help_texts = {
            "percentile": gettext_lazy("A takes in this share of the shop's rhythm."),
            "active_days": gettext_lazy("When empty, A follows the rhythm."),
            "silent_multiple": gettext_lazy("From A on."),
            "dormant_multiple": gettext_lazy("Longer ago is churned."),
            "due_within_days": gettext_lazy("Before the next visit is expected."),
            "leaving_within_days": gettext_lazy("Before the active window ends."),
        }

    @property
    def limits(self) -> Limits:
        return limits_from(self.cleaned_data)

    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        return [(str(name), [self[field] for field in fields]) for name, fields in self.GROUPS]


@staff_page(Permission.MANAGE_BRAND, everywhere=True)
def thresholds(request: StaffRequest, brand: Brand) -> HttpResponse:
    row = Thresholds.objects.filter(brand=brand).first() or Thresholds(brand=brand)
    form = ThresholdsForm(request.POST or request.GET or None, instance=row)
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        entry = change_thresholds(brand=brand, limits=form.limits, by=request.access, now=now)
        _say_changed(request, entry)
        return redirect("metrics:thresholds", brand.slug)
    status = 422 if request.method == "POST" else 200
    part = "#forecast" if request.htmx else ""  # type: ignore[attr-defined]
    context = {**_context(brand, form), "alone": bool(part)}
    return render(request, f"metrics/thresholds.html{part}", context, status=status)


@staff_page(Permission.MANAGE_BRAND, everywhere=True)
@require_POST
def own_definition(request: StaffRequest, brand: Brand) -> HttpResponse:
    """Go back to what the shop's own rhythm says."""
    now = timezone.now()
    entry = change_thresholds(brand=brand, limits=DEFAULTS, by=request.access, now=now)
    _say_changed(request, entry)
    return redirect("metrics:thresholds", brand.slug)


@staff_page(Permission.MANAGE_BRAND, everywhere=True)
@require_POST
def thresholds_undoing(request: StaffRequest, brand: Brand, entry: int) -> HttpResponse:
    done = get_object_or_404(AuditEntry, pk=entry, brand=brand, subject_kind=SUBJECT)
    try:
        undo_thresholds(done, brand=brand, by=request.access, now=timezone.now())
    except ThresholdsChangedSince:
        messages.error(request, _("This was changed again since, so it stays."))
    else:
        messages.success(request, _("Undone. The figures follow in some seconds."))
    return redirect("metrics:thresholds", brand.slug)


def _context(brand: Brand, form: ThresholdsForm) -> dict[str, Any]:
    summary = latest(brand=brand, day=standpoint_of(brand, now=timezone.now()))
    tried = form.limits if form.is_bound and form.is_valid() else limits_of(brand)
    return {
        "brand": brand,
        "form": form,
        "own": limits_of(brand) == DEFAULTS,
        "wrong": [(form[name].label, errors[0]) for name, errors in form.errors.items()],
        "awaited": summary is not None and is_awaited(brand, summary),
        "forecast": forecast(brand, summary, tried),
    }


def _say_changed(request: StaffRequest, entry: AuditEntry | None) -> None:
    if entry is None:
        messages.info(request, _("Nothing was changed."))
        return
    undo = reverse("metrics:thresholds_undoing", args=[request.access.brand.slug, entry.pk])
    sentence = _("Saved. The figures follow in some seconds.")
    messages.success(request, sentence, extra_tags=f"undo:{undo}")
