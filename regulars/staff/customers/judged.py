"""Find the customers a question asks for; before the first metrics, the newest ones.

Every question is one scan of the day's metrics, kept in columns: nothing is counted, and a page
begins behind the last row of the page before it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from regulars.differentiate.metrics.public import Filters, newest_day, people
from regulars.identify.customers.public import newest_customers
from regulars.lake.public import NeverMirrored, NotInTheLake
from regulars.lib.money import exponent
from regulars.organization.public import Branches, Brand
from regulars.staff.customers.asked import COLUMNS, OWN, Asked, End, segments_named
from regulars.staff.customers.columns import SORTS

ROWS_SHOWN = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPeople:
    """A page of rows by column, and where the next begins; not yet ``judged``: without metrics."""

    rows: Sequence[Mapping[str, Any]]
    following: tuple[Any, int] | None
    as_of: date | None = None

    @property
    def judged(self) -> bool:
        return self.as_of is not None


def find(question: Asked, *, brand: Brand, branch_ids: Branches, now: datetime) -> FoundPeople:
    """Return the next customers, those the person who asks may see."""
    day = newest_day(brand=brand, now=now)
    if day is None:
        return _newest(question, brand=brand, branch_ids=branch_ids)
    try:
        page = people(
            brand_id=brand.pk,
            as_of=day,
            filters=filters_of(question, brand=brand),
            sort=SORTS[question.sort],
            descending=question.descending,
            after=question.after,
            limit=ROWS_SHOWN,
            branch_ids=branch_ids,
        )
    except (NeverMirrored, NotInTheLake):
        return _newest(question, brand=brand, branch_ids=branch_ids)
    following = page.following and (_plain(page.following[0]), page.following[1])
    return FoundPeople(rows=page.rows, following=following, as_of=day)


def filters_of(question: Asked, *, brand: Brand) -> Filters:
    """Say whom a question asks for in the terms of the metrics."""
    unit = 10 ** exponent(brand.currency)
    exact: dict[str, Any] = {}
    segments = segments_named(question)
    for name, text in question.exact.items():
        if name == "segment":
            continue
        exact.update(_cell(text) if name == "cell" else {_column(name): _value(name, text)})
    return Filters(
        exact=exact,
        at_least=_scaled(question.at_least, unit),
        at_most=_scaled(question.at_most, unit),
        leaving=question.leaving,
        visited=not segments,
        within=[number for number in segments if number >= 0],
        without=[-number for number in segments if number < 0],
    )


def _cell(text: str) -> dict[str, str]:
    """Read ``active/fan``; a side that is left out may be any."""
    recency, _slash, frequency = text.partition("/")
    sides = {"recency_state": recency, "frequency_state": frequency}
    return {name: state for name, state in sides.items() if state}


def _value(name: str, text: str) -> str | int:
    if name != "branch":
        return text
    return _number(text)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else -1


def _column(name: str) -> str:
    return COLUMNS.get(name, name.replace(OWN, "fields.", 1))


def _scaled(ends: Mapping[str, End], unit: int) -> dict[str, End]:
    return {_column(name): end * unit if name == "net" else end for name, end in ends.items()}


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def _newest(question: Asked, *, brand: Brand, branch_ids: Branches) -> FoundPeople:
    before = question.after[1] if question.after else None
    found = newest_customers(
        brand=brand, branch_ids=branch_ids, before=before, limit=ROWS_SHOWN + 1
    )
    shown = found[:ROWS_SHOWN]
    following = (None, shown[-1].pk) if len(found) > ROWS_SHOWN else None
    return FoundPeople(rows=[{"customer_id": person.pk} for person in shown], following=following)
