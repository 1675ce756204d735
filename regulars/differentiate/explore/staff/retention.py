"""The page of retention."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
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
from regulars.lib.money import format_money
from regulars.organization.public import Brand, Permission, StaffRequest, staff_page

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
ACROSS = 12


@staff_page(Permission.SEE_METRICS)
def retained(request: StaffRequest, brand: Brand) -> HttpResponse:
    unit = _chosen(request, "unit", UNITS, "month")
    start = _chosen(request, "start", STARTS, COHORT)
    show = _chosen(request, "show", SHOWS, "people")
    context: dict[str, Any] = {
        "brand": brand, "unit": unit, "start": start, "show": show,
        "units": UNIT_WORDS, "starts": START_WORDS, "shows": SHOWS,
    }  # fmt: skip
    try:
        found = retention(
            brand=brand, unit=unit, start=start, now=timezone.now(),
            branch_ids=request.access.branch_ids,
        )  # fmt: skip
    except NothingCounted:
        found = None
    if found and found.starts:
        context |= _shown(found, brand, unit=unit, start=start, show=show)
    return render(request, "explore/retention.html", context)


def _chosen(request: StaffRequest, name: str, known: Any, usual: str) -> str:
    found = str(request.GET.get(name, ""))
    return found if found in known else usual


def _shown(found: Retention, brand: Brand, *, unit: str, start: str, show: str) -> dict[str, Any]:
    longest = min(ACROSS, max(len(one.units) for one in found.starts) - 1)
    across = range(1, longest + 1)
    words = _words(found, brand, unit, start)
    figures = [_figure(came, show) or 0.0 for one in found.starts for came in one.units[1:]]
    most = max(figures, default=0.0)
    rows = [_row(one, words[one.key], across, show, most, brand) for one in found.starts]
    next_unit = found.whole.units[1] if len(found.whole.units) > 1 else None
    share = _figure(next_unit, "people") if next_unit else None
    return {
        "found": found,
        "across": across,
        "rows": rows,
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
