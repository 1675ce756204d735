"""The structure of a brand's customers: what is known about them, counted."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING

from regulars.differentiate.metrics.facts import Facts
from regulars.identify.customers.public import Field, FieldKind
from regulars.lake.public import text_in_json

if TYPE_CHECKING:
    from datetime import date

    import ibis

COLUMNS = ("gender", "country", "city", "language", "source")
AGE, BRANCH, OWN = "age", "branch", "fields."
AGE_BANDS = (18, 25, 35, 45, 55, 65)
OLDEST_BELIEVED = 110
KNOWN = "known"
COUNTED_BY_VALUE = {FieldKind.CHOICE, FieldKind.YES_NO}


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The customers of one value of a field, and their net value in minor units."""

    value: str
    people: int
    net_minor: int


@dataclass(frozen=True, kw_only=True)
class Breakdown:
    """All customers by one field, the largest part first; ``unknown`` are those without a value."""

    field: str
    parts: tuple[Part, ...]
    unknown: Part

    @property
    def known(self) -> int:
        return sum(part.people for part in self.parts)

    @property
    def people(self) -> int:
        return self.known + self.unknown.people


def structure_of(facts: Facts, customers: "ibis.Table", fields: Iterable[Field]) -> "ibis.Table":
    """Count customers by each field that is known about them, one row a branch, field and value.

    ``customers`` are those of the metrics. Of staff-defined fields whose values are no list, only
    how many have one is counted. An empty ``value`` stands for the unknown.
    """
    known = facts.customers
    said = {name: known[name].nullif("") for name in COLUMNS}
    said[AGE] = age_band(known.born_on, facts.as_of)
    said[BRANCH] = known.branch_id.cast("string")
    said.update({OWN + field.key: _own(known, field) for field in fields})
    wide = known.select(id=known.id, **said)
    worth = customers.select("customer_id", "branch_id", "net_minor")
    joined = worth.inner_join(wide, worth.customer_id == wide.id)
    counted = (_counted(joined, name) for name in said)
    return reduce(lambda above, below: above.union(below), counted)


def age_band(born_on: "ibis.Column", as_of: "date") -> "ibis.Column":
    """Return the lower end of the band of an age in whole years; null for what cannot be."""
    import ibis

    today = ibis.literal(as_of)
    birthday_ahead = born_on.month() * 100 + born_on.day() > as_of.month * 100 + as_of.day
    age = today.year() - born_on.year() - birthday_ahead.cast("int32")
    band = reduce(
        lambda found, limit: (age >= limit).ifelse(str(limit), found), AGE_BANDS, ibis.literal("0")
    )
    return ((age >= 0) & (age <= OLDEST_BELIEVED)).ifelse(band, None)


def breakdowns_from(rows: Iterable[tuple[str, Part]]) -> Mapping[str, Breakdown]:
    """Gather parts by their field."""
    found: dict[str, list[Part]] = {}
    for field, part in rows:
        found.setdefault(field, []).append(part)
    return {field: _breakdown(field, parts) for field, parts in found.items()}


def _breakdown(field: str, parts: list[Part]) -> Breakdown:
    nothing = Part(value="", people=0, net_minor=0)
    known = [part for part in parts if part.value]
    by_age = field == AGE
    known.sort(key=lambda part: (int(part.value) if by_age else -part.people, part.value))
    unknown = next((part for part in parts if not part.value), nothing)
    return Breakdown(field=field, parts=tuple(known), unknown=unknown)


def _own(known: "ibis.Table", field: Field) -> "ibis.Column":
    value = text_in_json(known.fields, field.key).nullif("")
    if field.kind in COUNTED_BY_VALUE:
        return value
    return value.notnull().ifelse(KNOWN, None)


def _counted(joined: "ibis.Table", name: str) -> "ibis.Table":
    import ibis

    return (
        joined.group_by("branch_id", value=joined[name].fill_null(""))
        .agg(
            field=ibis.literal(name),
            people=joined.count().cast("int32"),
            net_minor=joined.net_minor.sum().cast("int64"),
        )
        .select("branch_id", "field", "value", "people", "net_minor")
    )
