"""The strip of figures over a customer's story: cell, worth, rhythm."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from regulars.differentiate.metrics.catalogue import METRICS, say_cell
from regulars.differentiate.metrics.looking import newest_day
from regulars.differentiate.metrics.people import metrics_of
from regulars.identify.customers.public import CustomerNotFound, customer_of
from regulars.lake.public import NeverMirrored, NotInTheLake
from regulars.lib.money import format_money
from regulars.organization.public import Brand, Permission, StaffRequest, staff_page


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A figure: its label, its value, a line below, and how that is meant."""

    label: str
    value: str
    note: str = ""
    kind: str = ""


@staff_page(Permission.SEE_CUSTOMERS)
def figures(request: StaffRequest, brand: Brand, customer: str) -> HttpResponse:
    try:
        person = customer_of(brand=brand, public_id=customer, branch_ids=request.access.branch_ids)
    except CustomerNotFound as error:
        raise Http404 from error
    day = newest_day(brand=brand, now=timezone.now())
    row = _row(brand, person.pk, day) if day else None
    shown = list(_figures(row, brand, day)) if row and day else []
    context = {"brand": brand, "customer": person, "figures": shown, "day": day}
    fragment = "#panel" if request.htmx else ""  # type: ignore[attr-defined]
    return render(request, f"metrics/figures.html{fragment}", context)


def _row(brand: Brand, customer_id: int, day: date) -> Mapping[str, Any] | None:
    try:
        return metrics_of(customer_id=customer_id, brand_id=brand.pk, as_of=day)
    except (NeverMirrored, NotInTheLake):
        return None


def _figures(row: Mapping[str, Any], brand: Brand, day: date) -> Iterator[Shown]:
    if not row["visits"]:
        return
    scores = "R{r} F{f} M{m}".format(**row)
    yield Shown(label=str(METRICS["cell"].label), value=say_cell(row["cell"]), note=scores)
    visits = ngettext("%(count)s visit", "%(count)s visits", row["visits"])
    yield Shown(
        label=_("Brought so far"),
        value=_money(row["net_minor"], brand),
        note=visits % {"count": row["visits"]},
    )
    yield Shown(
        label=_("In the last year"),
        value=_money(row["value_year_minor"], brand),
        note=_("%(amount)s an order") % {"amount": _money(row["average_order_minor"] or 0, brand)},
    )
    yield _last_visit(row)
    yield _next_visit(row, day)


def _last_visit(row: Mapping[str, Any]) -> Shown:
    ago = ngettext("%(days)s day ago", "%(days)s days ago", row["recency_days"])
    kind, note = "", ago % {"days": row["recency_days"]}
    if row["leaving"]:
        kind, note = "warn", _("leaves the active window soon")
    return Shown(
        label=_("Last visit"), value=date_format(row["last_visit_on"]), note=note, kind=kind
    )


def _next_visit(row: Mapping[str, Any], day: date) -> Shown:
    every = ""
    if row["cadence_days"]:
        every = _("every %(days)s days") % {"days": f"{row['cadence_days']:.0f}"}
    due = row["due_on"]
    if due is None:
        return Shown(label=_("Next visit"), value="—", note=every)
    if row["due_state"] == "overdue":
        late = ngettext("%(days)s day overdue", "%(days)s days overdue", (day - due).days)
        note = late % {"days": (day - due).days}
        return Shown(label=_("Next visit"), value=date_format(due), note=note, kind="warn")
    value = _("today") if due == day else date_format(due)
    return Shown(label=_("Next visit"), value=value, note=every)


def _money(minor: int, brand: Brand) -> str:
    return format_money(minor, brand.currency, get_language() or "en", whole=True)
