"""Rhythm: who is due, who is overdue, who is about to leave the active window."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from regulars.differentiate.metrics.filters import Filters
from regulars.differentiate.metrics.looking import has_standpoint
from regulars.differentiate.metrics.people import people
from regulars.differentiate.metrics.staff.nobody import nobody_page
from regulars.differentiate.metrics.staff.recount import is_awaited
from regulars.differentiate.metrics.staff.seen_from import looks_back, run_asked, seen_crowd
from regulars.differentiate.metrics.staff.words import days
from regulars.differentiate.metrics.summary import Summary, summary_from
from regulars.identify.customers.public import Person, persons
from regulars.lib.money import format_money
from regulars.organization.public import (
    Access,
    Brand,
    Permission,
    StaffRequest,
    mask_name,
    staff_page,
)
from regulars.ui.charts import Axis, Chart, Mark, histogram

SHOWN = 12
LONGEST_CADENCE = 180  # days drawn
WIDTH = 6

LISTS: dict[str, Filters] = {
    "leaving": Filters(leaving=True),
    "due": Filters(exact={"due_state": "due"}),
    "overdue": Filters(exact={"due_state": "overdue", "recency_state": "active"}),
}


@staff_page(Permission.SEE_METRICS)
def rhythm(request: StaffRequest, brand: Brand) -> HttpResponse:
    run = run_asked(request, brand)
    summary = summary_from(run.summary) if run else None
    crowd = seen_crowd(request, summary)
    if run is None or summary is None or crowd is None or not crowd.customers.people:
        return nobody_page(request, brand, _("Rhythm"), run, crowd)
    back = looks_back(run, brand)
    context = {
        "brand": brand,
        "run": run,
        "looks_back": back,
        "listing": "" if back else reverse("staff:customers", args=[brand.slug]),
        "summary": summary,
        "crowd": crowd,
        "awaited": not back and is_awaited(brand, summary),
        "standpoint_chosen": has_standpoint(brand),
        "may_set": request.access.may(Permission.MANAGE_BRAND, branch_id=None),
        "limits": summary.limits,
        "due": crowd.expected("due"),
        "overdue": crowd.expected("overdue"),
        "median": days(summary.median_days) if summary.median_days is not None else None,
        "lists": {name: expected_people(request.access, summary, name) for name in LISTS},
        "cadences": _cadences(summary) if summary.cadences else None,
        "leaving_worth": format_money(
            crowd.leaving.year_minor, brand.currency, request.LANGUAGE_CODE, whole=True
        ),
    }
    return render(request, "metrics/rhythm.html", context)


def expected_people(access: Access, summary: Summary, name: str) -> list[dict[str, Any]]:
    rows = people(
        brand_id=access.brand.pk,
        as_of=summary.as_of,
        filters=LISTS[name],
        sort="value_year_minor",
        limit=SHOWN,
        branch_ids=access.branch_ids,
    ).rows
    ids = [row["customer_id"] for row in rows]
    named = persons(brand=access.brand, customer_ids=ids)
    currency, language = access.brand.currency, get_language() or "en"
    return [
        {
            **row,
            **_who(access, named.get(row["customer_id"])),
            "worth": format_money(row["value_year_minor"], currency, language, whole=True),
        }
        for row in rows
    ]


def _who(access: Access, person: Person | None) -> dict[str, str]:
    if person is None:
        return {"name": "", "public_id": ""}
    name = person.customer.name or person.value("user_id", "member_number", "shop_id", "email")
    shown = mask_name(name) if access.masked else name
    return {"name": shown or person.customer.public_id, "public_id": person.customer.public_id}


def _cadences(summary: Summary) -> Chart:
    bins = [0] * (LONGEST_CADENCE // WIDTH)
    for length, seen in summary.cadences.items():
        if 0 <= length < LONGEST_CADENCE:
            bins[length // WIDTH] += seen
    median = [Mark(at=summary.median_days, label=_("median"))] if summary.median_days else []
    return histogram(
        [(place * WIDTH, (place + 1) * WIDTH, count) for place, count in enumerate(bins)],
        x=Axis(name=_("usual days from one visit to the next")),
        y=Axis(name=_("customers")),
        marks=median,
    )
