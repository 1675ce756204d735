"""What can be chosen on the page: measures, dimensions, periods, conditions."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import groupby
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from regulars.differentiate.explore.catalogue import dimensions, measures
from regulars.differentiate.explore.dimension import Dimension
from regulars.differentiate.explore.question import Condition, Question, why_not
from regulars.differentiate.explore.staff.asked import period_word, query_of, without
from regulars.organization.public import Access, Brand

PERIODS = {
    "last-30-day": _("last 30 days"),
    "last-90-day": _("last 90 days"),
    "last-365-day": _("last 365 days"),
    "last-12-month": _("last 12 whole months"),
    "last-24-month": _("last 24 whole months"),
    "this-month": _("this month so far"),
    "this-year": _("this year so far"),
    "last-1-year": _("last year"),
    "all": _("all days"),
    "days": _("from a day to a day"),
}
TOPS = ("5", "10", "20", "50", "all")
MEASURES_SHOWN = 3


def controls(
    question: Question, access: Access, query: QueryDict | None = None, *, where: str = ""
) -> dict[str, Any]:
    """Return the choices of a question; of what was asked in vain, when that was nonsense.

    ``where`` is the dimension whose values are being chosen.
    """
    chosen = [one.key for one in question.measures]
    by = [one.key for one in question.by]
    if query is not None:
        chosen, by = query.getlist("measure"), query.getlist("by")
    every = dimensions(brand=access.brand).values()
    known = [one for one in every if one.is_offered(masked=access.masked)]
    first = question.measures[0] if query is None else measures().get(chosen[0] if chosen else "")
    return {
        "measure_choices": [
            _measure_choice(at, chosen[at] if at < len(chosen) else "")
            for at in range(max(MEASURES_SHOWN, len(chosen)))
        ],
        "by_choices": [
            _dimension_choice(known, by[at] if at < len(by) else "", first) for at in range(2)
        ],
        "where_choices": _dimension_choice(known, where, first),
        "periods": _periods(question),
        "days": period_word(question.period) == "days",
        "tops": TOPS,
        "top": str(question.top or "all"),
        "chips": [_chip(question, one, access.brand) for one in question.where],
    }


def _measure_choice(at: int, chosen: str) -> dict[str, Any]:
    every = [(one.key, one.label) for one in measures().values()]
    return {"at": at, "chosen": chosen, "options": every}


def _dimension_choice(known: Iterable[Dimension], chosen: str, first: Any) -> dict[str, Any]:
    """Group the dimensions; those by which the first measure cannot be split say so."""
    groups = [
        (name, [(one.key, one.label, bool(first and why_not(first, one))) for one in members])
        for name, members in groupby(known, key=lambda one: str(one.group))
    ]
    return {"chosen": chosen, "groups": groups}


def _periods(question: Question) -> Mapping[str, Any]:
    now = period_word(question.period)
    own = {} if now in PERIODS else {now: now}
    return {"chosen": now, "options": [*PERIODS.items(), *own.items()]}


def _chip(question: Question, condition: Condition, brand: Brand) -> dict[str, str]:
    said = condition.dimension.said(brand, condition.values)
    values = ", ".join(said[value] for value in condition.values[:3])
    more = len(condition.values) - 3
    rest = replace(question, where=without(question, condition))
    return {
        "label": str(condition.dimension.label),
        "said": ("≠ " if condition.excluded else "") + values + (f" +{more}" if more > 0 else ""),
        "url": query_of(rest),
    }
