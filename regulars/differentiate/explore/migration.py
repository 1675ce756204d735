"""Who went from which state of the board to which, between any two days that were measured."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from regulars.differentiate.metrics.public import CUSTOMERS, MetricRun
from regulars.lake.public import NeverMirrored, NotInTheLake, Reading, reading
from regulars.organization.public import Branches, Brand

if TYPE_CHECKING:
    import ibis

SIDES = ("recency_state", "frequency_state", "cell")
NOWHERE = ""  # before the first visit


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """How many people stood there before and here now; "" is without a visit."""

    before: str
    now: str
    people: int
    net_minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """The two days, and what is compared: recency, frequency or cells."""

    first_on: date
    last_on: date
    side: str


def measured_days(*, brand: Brand) -> list[date]:
    """Return the days whose metrics are kept, the oldest first."""
    runs = MetricRun.objects.filter(brand=brand).order_by("as_of_on")
    return list(runs.values_list("as_of_on", flat=True))


def moves(*, brand: Brand, days: Days, branch_ids: Branches) -> list[Move]:
    """Count the customers by where they stood on two days; the most people first.

    Home branches are those of the later day. Who has no visit on either is left out.
    """
    try:
        with reading() as lake:
            both = _both(lake, brand, days, branch_ids)
            counted = both.group_by("before", "now").agg(
                people=both.count(), net_minor=both.net_minor.sum().cast("int64")
            )
            rows: list[dict[str, Any]] = counted.to_pyarrow().to_pylist()
    except (NeverMirrored, NotInTheLake):
        return []
    found = [Move(**row) for row in rows]
    return sorted(found, key=lambda move: (-move.people, move.before, move.now))


def movers(
    *, brand: Brand, days: Days, before: str, now: str, branch_ids: Branches, most: int,
    after: int = 0,
) -> list[tuple[int, int]]:  # fmt: skip
    """Return those who made a move with their net value in minor units, the largest first.

    At most so many, ``after`` so many.
    """
    with reading() as lake:
        both = _both(lake, brand, days, branch_ids)
        who = both.filter(both.before == before, both.now == now)
        first = who.order_by([who.net_minor.desc(), who.customer_id]).limit(most, offset=after)
        told = first.select("customer_id", "net_minor").to_pyarrow().to_pylist()
    return [(row["customer_id"], row["net_minor"]) for row in told]


def _both(lake: Reading, brand: Brand, days: Days, branch_ids: Branches) -> "ibis.Table":
    then, later = (_on(lake, brand, day, days.side) for day in (days.first_on, days.last_on))
    before = then.select(known="customer_id", before="state")
    if branch_ids is not None:
        later = later.filter(later.branch_id.isin(sorted(branch_ids)))
    both = later.left_join(before, later.customer_id == before.known)
    both = both.mutate(now=both.state.fill_null(NOWHERE), before=both.before.fill_null(NOWHERE))
    return both.filter((both.now != NOWHERE) | (both.before != NOWHERE))


def _on(lake: Reading, brand: Brand, day: date, side: str) -> "ibis.Table":
    table = lake.computed(CUSTOMERS)
    people = table.filter(table.brand_id == brand.pk, table.as_of == day)
    return people.select("customer_id", "branch_id", "net_minor", state=people[side])
