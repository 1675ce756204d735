"""Which customers are meant: by their metrics, their profile, and the fields that staff defined."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from operator import eq, ge, le
from typing import TYPE_CHECKING, Any, Self

from regulars.differentiate.metrics.catalogue import METRICS, Kind
from regulars.differentiate.metrics.computation import CUSTOMERS
from regulars.differentiate.metrics.structure import OWN
from regulars.lake.public import NotInTheLake, Reading, text_in_json

if TYPE_CHECKING:
    import ibis

SEGMENT_PEOPLE = "segment_people"
"""Who is in which segment, as the segments write it down: brand_id, segment, customer_id."""

PROFILE = frozenset({"city", "region", "country", "source", "gender", "language"})
EXACT = PROFILE | {key for key, one in METRICS.items() if one.states} | {"branch_id"}
RANGES = frozenset(key for key, one in METRICS.items() if one.number or one.kind is Kind.DAY)
NO_CELL = "none"
"""What ``cell_before`` equals of those who had no visit a month ago."""

Value = str | int | float
Comparison = Callable[[Any, Any], Any]
Demand = tuple[str, Value, Comparison]


class UnknownFilter(ValueError):
    """There is no such filter, or no such order, of the list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Which customers: columns that equal a value, reach one, or do not pass one.

    ``fields.KEY`` names a field that staff defined: its numbers are compared as numbers, its
    dates as ISO texts, and so are days. Texts of the profile are compared without
    regard to capitals. Who has no value is in no range. ``within`` and ``without`` are numbers of
    segments whose people the lake has: in all of the former, in none of the latter.
    """

    exact: Mapping[str, Value] = field(default_factory=dict)
    at_least: Mapping[str, Value] = field(default_factory=dict)
    at_most: Mapping[str, Value] = field(default_factory=dict)
    leaving: bool = False
    visited: bool = True
    within: Sequence[int] = ()
    without: Sequence[int] = ()

    def __post_init__(self) -> None:
        unknown = _unknown(self.exact, EXACT) | _unknown({**self.at_least, **self.at_most}, RANGES)
        if unknown:
            raise UnknownFilter(", ".join(sorted(unknown)))

    def as_dict(self) -> dict[str, Any]:
        """Return what JSON can hold, for ``from_dict``."""
        return asdict(self)

    @classmethod
    def from_dict(cls, told: Mapping[str, Any]) -> Self:
        """Read what ``as_dict`` wrote."""
        return cls(**told)


def _unknown(names: Mapping[str, Value], known: frozenset[str]) -> set[str]:
    return {name for name in names if name not in known and not name.startswith(OWN)}


EVERYBODY = Filters()


def chosen(
    lake: Reading,
    *,
    brand_id: int,
    as_of: date,
    filters: Filters,
    branch_ids: frozenset[int] | None,
) -> "ibis.Table":
    """Narrow the computed table to a brand, a day, some branches and a filter."""
    rows = of_day(lake, brand_id, as_of)
    conditions = [rows.visits > 0] if filters.visited else []
    if filters.leaving:
        conditions.append(rows.leaving)
    if branch_ids is not None:
        conditions.append(rows.branch_id.isin(sorted(branch_ids)))
    of_profile = []
    for name, value, hold in _demands(filters):
        if name in PROFILE or name.startswith(OWN):
            of_profile.append((name, value, hold))
        else:
            conditions.append(_of_metrics(rows, name, value, hold))
    rows = rows.filter(*conditions) if conditions else rows
    if filters.within or filters.without:
        rows = _of_segments(lake, rows, brand_id, filters)
    return _of_profile(lake, rows, brand_id, of_profile) if of_profile else rows


def _of_metrics(
    rows: "ibis.Table", name: str, value: Value, hold: Comparison
) -> "ibis.BooleanValue":
    if name == "cell_before" and value == NO_CELL:
        return rows.cell_before.isnull()
    return hold(rows[name], date.fromisoformat(str(value)) if name.endswith("_on") else value)


def _of_segments(
    lake: Reading, rows: "ibis.Table", brand_id: int, filters: Filters
) -> "ibis.Table":
    try:
        kept = lake.computed(SEGMENT_PEOPLE)
    except NotInTheLake:
        return rows.limit(0) if filters.within else rows
    kept = kept.filter(kept.brand_id == brand_id)
    for segment in filters.within:
        rows = rows.semi_join(kept.filter(kept.segment == segment), "customer_id")
    for segment in filters.without:
        rows = rows.anti_join(kept.filter(kept.segment == segment), "customer_id")
    return rows


def of_day(lake: Reading, brand_id: int, as_of: date) -> "ibis.Table":
    """Return the computed rows of a brand and a day."""
    rows = lake.computed(CUSTOMERS)
    return rows.filter(rows.brand_id == brand_id, rows.as_of == as_of)


def _demands(filters: Filters) -> Iterator[Demand]:
    kinds = ((filters.exact, eq), (filters.at_least, ge), (filters.at_most, le))
    for demanded, hold in kinds:
        for name, value in demanded.items():
            yield name, value, hold


def _of_profile(
    lake: Reading, rows: "ibis.Table", brand_id: int, demands: list[Demand]
) -> "ibis.Table":
    people = lake.table("customers")
    people = people.filter(people.brand_id == brand_id)
    fitting = people.filter(*(_holds(people, *demand) for demand in demands))
    return rows.semi_join(fitting, rows.customer_id == fitting.id)


def _holds(people: "ibis.Table", name: str, value: Value, hold: Comparison) -> "ibis.Value":
    own = name.startswith(OWN)
    known = text_in_json(people.fields, name.removeprefix(OWN)) if own else people[name]
    if isinstance(value, str):
        return known.lower() == value.lower() if hold is eq else hold(known, value)
    return hold(known.try_cast("float64"), value)
