"""The page of retention."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from regulars.differentiate.explore.answering import NothingCounted
from regulars.differentiate.explore.catalogue import common_dimensions
from regulars.differentiate.explore.retention import (
    COHORT,
    STARTS,
    UNITS,
    Came,
    Retention,
    Start,
    retention,
)
from regulars.differentiate.explore.staff.drawing import heat
from regulars.differentiate.explore.staff.figures import percent
from regulars.lib.money import format_money, to_decimal
from regulars.organization.public import (
    Brand,
    Permission,
    StaffRequest,
    export_table,
    staff_page,
)

UNIT_WORDS = {
    "month": gettext_lazy("Month"),
    "quarter": gettext_lazy("Quarter"),
    "year": gettext_lazy("Year"),
}
START_WORDS = {
    "cohort": gettext_lazy("Cohort"),
    "first_branch": gettext_lazy("First branch"),
    "first_product": gettext_lazy("First product"),
    "source": gettext_lazy("Source"),
    "city": gettext_lazy("City"),
    "gender": gettext_lazy("Gender"),
    "home_branch": gettext_lazy("Home branch"),
}
SHOWS = {"people": gettext_lazy("Share of people in %"), "value": pgettext_lazy("money", "Value")}
SAID_AS = {"first_branch": "branch", "first_product": "product"}
ROWS, ACROSS = 24, 12
HEAD = ("began", "steps_after", "began_people", "came_people", "share", "value", "currency")


@staff_page(Permission.SEE_METRICS)
def retained(request: StaffRequest, brand: Brand) -> HttpResponse:
    unit, start = _asked(request)
    show = _chosen(request, "show", SHOWS, "people")
    context: dict[str, Any] = {
        "brand": brand, "unit": unit, "start": start, "show": show,
        "units": UNIT_WORDS, "starts": START_WORDS, "shows": SHOWS,
    }  # fmt: skip
    found = _found(request, brand, unit, start)
    if found and found.starts:
        context |= _shown(found, brand, unit=unit, start=start, show=show)
        context["may_export"] = request.access.may(Permission.EXPORT)
    return render(request, "explore/retention.html", context)


@staff_page(Permission.EXPORT)
def retained_file(request: StaffRequest, brand: Brand) -> HttpResponseBase:
    unit, start = _asked(request)
    found = _found(request, brand, unit, start)
    if found is None:
        return redirect("explore:retention", brand.slug)
    words = _words(found, brand, unit, start)
    rows = (line for one in found.starts for line in _lines(one, words[one.key], brand))
    asked = {"list": "retention", "by": start, "unit": unit, "as of": str(found.as_of)}
    name = f"retention-{start.replace('_', '-')}-{unit}-{found.as_of}"
    return export_table(request, name, HEAD, rows, subject_kind="figures", detail=asked)


def _asked(request: StaffRequest) -> tuple[str, str]:
    return _chosen(request, "unit", UNITS, "month"), _chosen(request, "start", STARTS, COHORT)


def _found(request: StaffRequest, brand: Brand, unit: str, start: str) -> Retention | None:
    seen, now = request.access.branch_ids, timezone.now()
    try:
        return retention(brand=brand, unit=unit, start=start, branch_ids=seen, now=now)
    except NothingCounted:
        return None


def _lines(one: Start, name: str, brand: Brand) -> Iterator[tuple[object, ...]]:
    for after, came in enumerate(one.units):
        share = _figure(came, "people")
        yield (
            name,
            after,
            came.base,
            came.people,
            None if share is None else round(share, 6),
            to_decimal(came.value_minor, brand.currency),
            brand.currency,
        )


def _chosen(request: StaffRequest, name: str, known: Any, usual: str) -> str:
    found = str(request.GET.get(name, ""))
    return found if found in known else usual


def _shown(found: Retention, brand: Brand, *, unit: str, start: str, show: str) -> dict[str, Any]:
    starts = found.starts[-ROWS:] if start == COHORT else found.starts[:ROWS]
    longest = min(ACROSS, max(len(one.units) for one in found.starts) - 1)
    across = range(1, longest + 1)
    words = _words(found, brand, unit, start)
    figures = [_figure(came, show) or 0.0 for one in starts for came in one.units[1:]]
    most = max(figures, default=0.0)
    rows = [_row(one, words[one.key], across, show, most, brand) for one in starts]
    next_unit = found.whole.units[1] if len(found.whole.units) > 1 else None
    share = _figure(next_unit, "people") if next_unit else None
    return {
        "found": found,
        "across": across,
        "rows": rows,
        "left_out": len(found.starts) - len(starts),
        "left_out_people": found.whole.people - sum(one.people for one in starts),
        "all": _row(found.whole, "", across, show, most, brand),
        "next": percent(share) if share is not None else "",
        "unit_word": {"month": _("month"), "quarter": _("quarter"), "year": _("year")}[unit],
    }


def _words(found: Retention, brand: Brand, unit: str, start: str) -> Mapping[str, str]:
    key = unit if start == COHORT else SAID_AS.get(start, start)
    return common_dimensions()[key].said(brand, {one.key for one in found.starts})


def _row(
    one: Start, name: str, across: range, show: str, most: float, brand: Brand
) -> dict[str, Any]:
    cells = [_cell(one.units[at], show, most, brand) for at in across if at < len(one.units)]
    return {"name": name, "people": one.people, "cells": cells}


def _cell(came: Came, show: str, most: float, brand: Brand) -> dict[str, Any]:
    figure = _figure(came, show)
    if figure is None:
        return {"text": "–", "heat": 0}
    in_percent = number_format(round(100 * figure, 1), 1)
    text = in_percent if show == "people" else _money(figure, brand)
    return {"text": text, "heat": heat(figure, most)}


def _money(figure: float, brand: Brand) -> str:
    return format_money(round(figure), brand.currency)


def _figure(came: Came, show: str) -> float | None:
    """The share of people who came, or what each of those who began brought."""
    if not came.base:
        return None
    return (came.people if show == "people" else came.value_minor) / came.base
