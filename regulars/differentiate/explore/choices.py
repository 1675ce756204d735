"""Offer the values of a dimension that a question can be narrowed to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from regulars.differentiate.explore.answering import NothingCounted, answer
from regulars.differentiate.explore.catalogue import measures
from regulars.differentiate.explore.dimension import OTHERS, Dimension
from regulars.differentiate.explore.measure import Measure
from regulars.differentiate.explore.question import Question, why_not
from regulars.organization.public import Branches, Brand

MOST_OFFERED = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A value and how it is said."""

    value: str
    label: str


def choices_of(
    dimension: Dimension,
    *,
    brand: Brand,
    branch_ids: Branches,
    now: datetime,
    measured: Iterable[Measure] = (),
) -> list[Choice]:
    """Return every value that is known, in the dimension's order or the one with most first.

    Most of the first measure that can be split by the dimension, of those ``measured`` or of all.
    """
    fitting = (one for one in (*measured, *measures().values()) if not why_not(one, dimension))
    question = Question(measures=(next(fitting),), by=(dimension,))
    try:
        found = answer(question, brand=brand, branch_ids=branch_ids, now=now)
    except NothingCounted:
        return []
    known = [row.keys[0] for row in found.rows if row.keys[0] != OTHERS]
    if dimension.in_time:
        known.reverse()
    values = list(dict.fromkeys([*dimension.every, *known]))
    said = dimension.said(brand, values)
    return [Choice(value=value, label=said[value]) for value in values]


def called(text: str, choices: Iterable[Choice]) -> list[Choice]:
    """Keep the choices whose name has the text in it."""
    wanted = text.strip().casefold()
    return [one for one in choices if wanted in one.label.casefold()]
