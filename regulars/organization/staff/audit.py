"""The pages that say who saw, changed and exported what."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from regulars.organization.audience import StaffRequest, staff_page
from regulars.organization.audit_log import AuditLine, AuditQuestion, audit_of, told
from regulars.organization.brands import may_open_brands
from regulars.organization.models import AuditAction, AuditEntry, Brand, User
from regulars.organization.permissions import Permission
from regulars.organization.staff.audit_words import detail_of, kind_of
from regulars.organization.staff.table_files import export_table
from regulars.organization.staffing import staff_of
from regulars.organization.undoing import can_undo

A_PAGE, A_SLICE = 100, 2_000
COLUMNS = ("at", "by", "action", "about", "subject", "detail", "address")


class AuditFilter(forms.Form):
    person: "forms.ModelChoiceField[User]" = forms.ModelChoiceField(
        queryset=User.objects.none(), label=_("Who"), required=False, empty_label=_("Everybody")
    )
    action = forms.ChoiceField(
        label=_("Did"), required=False, choices=[("", _("Anything")), *AuditAction.choices]
    )
    subject = forms.CharField(label=_("To"), required=False, max_length=120)
    since = forms.DateField(
        label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    until = forms.DateField(
        label=_("Until"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(self, *args: Any, brand: Brand, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = staff_of(brand)  # type: ignore[attr-defined]

    def question(self) -> AuditQuestion:
        asked = dict(self.cleaned_data) if self.is_valid() else {}
        person = asked.pop("person", None)
        return AuditQuestion(person_id=person.pk if person else None, **asked)


@staff_page(Permission.SEE_AUDIT, everywhere=True)
def audit_log(request: StaffRequest, brand: Brand) -> HttpResponse:
    form = AuditFilter(request.GET, brand=brand)
    entries = audit_of(brand, form.question(), strangers=may_open_brands(request.user))
    before = request.GET.get("before", "")
    if before.isdecimal():
        entries = entries.filter(pk__lt=int(before))
    some = list(entries[: A_PAGE + 1])
    asked = request.GET.copy()
    asked.pop("before", None)
    page = {
        "brand": brand,
        "form": form,
        "lines": [_row(line) for line in told(some[:A_PAGE])],
        "older": some[A_PAGE - 1].pk if len(some) > A_PAGE else None,
        "asked": asked.urlencode(),
    }
    return render(request, "organization/audit.html", page)


@staff_page(Permission.SEE_AUDIT, everywhere=True)
def audit_export(request: StaffRequest, brand: Brand) -> HttpResponseBase:
    question = AuditFilter(request.GET, brand=brand).question()
    entries = audit_of(brand, question, strangers=may_open_brands(request.user))
    name = f"audit-{timezone.now().astimezone(brand.zone):%Y-%m-%d}"
    lines = map(_cells, _by_and_by(entries))
    return export_table(request, name, COLUMNS, lines, subject_kind="audit")


def _by_and_by(entries: QuerySet[AuditEntry]) -> Iterator[AuditEntry]:
    """Give all, the newest first, without a cursor that a broken-off download would leave open."""
    some = list(entries[:A_SLICE])
    while some:
        yield from some
        some = list(entries.filter(pk__lt=some[-1].pk)[:A_SLICE])


def _row(line: AuditLine) -> dict[str, Any]:
    entry = line.entry
    return {
        "entry": entry,
        "kind": kind_of(entry),
        "about": line.about or entry.subject,
        "detail": detail_of(entry),
        "undoable": can_undo(entry),
    }


def _cells(entry: AuditEntry) -> tuple[str, ...]:
    return (
        entry.at.isoformat(),
        entry.user.email if entry.user else "",
        entry.action,
        entry.subject_kind,
        entry.subject,
        detail_of(entry),
        entry.address or "",
    )
