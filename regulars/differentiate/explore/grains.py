"""What one row of a table stands for: an order, a line of it, a refund, a visit, a person."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum, auto
from typing import TYPE_CHECKING

from regulars.differentiate.explore.scope import Scope
from regulars.differentiate.metrics.public import days_with_orders
from regulars.differentiate.value.public import VALUES

if TYPE_CHECKING:
    import ibis

_OF_LINES = ("order_id", "product_id", "quantity", "amount_minor")
_DAY = ("customer_id", "day")
DAYS_KEYED = 100_000  # a customer and a day in one number


class About(StrEnum):
    """What a fact can belong to; a fact is split by nothing it does not belong to."""

    DAY = auto()
    CUSTOMER = auto()
    SALE = auto()  # the branch
    ORDER = auto()  # its channel, its coupon
    PRODUCT = auto()


Needed = frozenset[About]
"""What facts are to be split by and narrowed to."""
NOTHING: Needed = frozenset()
_OF_THE_ORDER = frozenset({About.SALE, About.ORDER})


@dataclass(frozen=True, slots=True, kw_only=True)
class Grain:
    """A table with one row for each of something.

    ``about`` is all that its facts can belong to; ``table`` reads no more of that than is needed.
    ``whole`` grains say where things stand on the day one looks from, and are used only while
    nothing is asked about days.
    """

    about: frozenset[About]
    table: Callable[[Scope, Needed], "ibis.Table"]
    of_people: bool = False
    whole: bool = False


def _orders(scope: Scope, _needed: Needed) -> "ibis.Table":
    orders = scope.facts.orders
    if scope.since is not None:
        orders = orders.filter(orders.placed_on >= scope.since)
    orders = scope.facts.as_themselves(orders)
    return scope.seen(
        orders.select(
            "customer_id", "branch_id", "channel", "coupon", "net_minor", "discount_minor",
            order_id=orders.id, day=orders.placed_on,
        )
    )  # fmt: skip


def _lines(scope: Scope, needed: Needed) -> "ibis.Table":
    """Return lines; only the order knows the branch, and so which strangers may be seen."""
    facts = scope.facts
    if needed & _OF_THE_ORDER or scope.branch_ids is not None:
        lines = facts.of_brand("lines").select(*_OF_LINES, discounted_minor="discount_minor")
        return _orders(scope, needed).inner_join(lines, "order_id")
    lines = facts.as_themselves(facts.lines)
    return lines.select(
        "customer_id", *_OF_LINES, day=lines.placed_on, discounted_minor=lines.discount_minor
    )


def _refunds(scope: Scope, _needed: Needed) -> "ibis.Table":
    refunds = scope.facts.as_themselves(scope.facts.refunds)
    return scope.seen(
        refunds.select(
            "customer_id", "branch_id", "amount_minor", refund_id=refunds.id,
            day=refunds.refunded_on, of_order=refunds.order_id,
        )
    )  # fmt: skip


def _refund_lines(scope: Scope, needed: Needed) -> "ibis.Table":
    lines = scope.facts.of_brand("refund_lines")
    lines = lines.select("refund_id", "product_id", "amount_minor", refund_line_id=lines.id)
    lines = lines.inner_join(_refunds(scope, needed).drop("amount_minor"), "refund_id")
    return _by_order_undone(lines, scope) if About.ORDER in needed else lines


def _by_order_undone(lines: "ibis.Table", scope: Scope) -> "ibis.Table":
    """Return the parts of refund lines by the order they undo; what matches none is a part, too."""
    matches = scope.facts.of_brand("refund_matches")
    matched = matches.group_by("refund_line_id").agg(
        matched_minor=matches.amount_minor.sum().cast("int64")
    )
    lines = lines.rename(whole_minor="amount_minor")
    undone = matches.select("refund_line_id", "amount_minor", undone=matches.order_id)
    parts = lines.inner_join(undone, "refund_line_id")
    rest = lines.left_join(matched, "refund_line_id").drop("refund_line_id_right")
    left = rest.whole_minor - rest.matched_minor.fill_null(0)
    rest = rest.mutate(amount_minor=left, undone=rest.of_order).filter(left != 0)
    columns = ("customer_id", "branch_id", "product_id", "day", "amount_minor", "undone")
    both = parts.select(*columns).union(rest.select(*columns))
    orders = scope.facts.orders.select("channel", "coupon", order_id="id")
    return both.left_join(orders, both.undone == orders.order_id)


def _visits(scope: Scope, _needed: Needed) -> "ibis.Table":
    days = days_with_orders(scope.facts)
    visits = days.filter(days.visit).select("customer_id", "day", "value")
    if scope.branch_ids is None:
        return visits
    return visits.filter(visits.customer_id.isin(scope.people.customer_id))


def _visit_orders(scope: Scope, needed: Needed) -> "ibis.Table":
    """Return the orders of days that were visits.

    An order worth something makes its day one; only where another order of the day is worth less
    than nothing, the day has to be summed up.
    """
    back = scope.facts.matches
    back = back.group_by("order_id").agg(returned=back.amount_minor.cast("float64").sum())
    orders = _orders(scope, needed)
    orders = orders.filter(orders.customer_id.notnull())
    orders = orders.left_join(back, "order_id").drop("order_id_right")
    worth = orders.mutate(worth=orders.net_minor - orders.returned.fill_null(0)).drop("returned")
    below = worth.filter(worth.worth < 0)
    days = worth.semi_join(below, _DAY).group_by(*_DAY).agg(day_worth=lambda day: day.worth.sum())
    joined = worth.left_join(days, _DAY).drop("customer_id_right", "day_right")
    visits = joined.filter(joined.day_worth.coalesce(joined.worth) > 0).drop("worth", "day_worth")
    return visits.mutate(
        visit_key=visits.customer_id.cast("int64") * DAYS_KEYED + visits.day.epoch_days()
    )


def _visit_lines(scope: Scope, needed: Needed) -> "ibis.Table":
    orders = _visit_orders(scope, needed)
    lines = scope.facts.of_brand("lines").select(*_OF_LINES, discounted_minor="discount_minor")
    return orders.inner_join(lines, "order_id")


def _people(scope: Scope, _needed: Needed) -> "ibis.Table":
    return scope.people


def _valued(scope: Scope, _needed: Needed) -> "ibis.Table":
    values = scope.kept.computed(VALUES)
    values = values.filter(
        values.brand_id == scope.facts.brand_id, values.as_of == scope.facts.as_of
    )
    told = values.select("alive", "expected_visits", "expected_value_minor", of="customer_id")
    return scope.people.inner_join(told, scope.people.customer_id == told.of)


def _visitors(scope: Scope, _needed: Needed) -> "ibis.Table":
    return scope.people.filter(scope.people.visits > 0)


def _first_visits(scope: Scope, _needed: Needed) -> "ibis.Table":
    visitors = _visitors(scope, NOTHING)
    return visitors.mutate(day=visitors.first_visit_on)


_PERSON = frozenset({About.CUSTOMER})
_VISIT = _PERSON | {About.DAY}
_SOLD = _VISIT | {About.SALE}
_ORDERED = _SOLD | {About.ORDER}
_LINE = _ORDERED | {About.PRODUCT}

GRAINS: Mapping[str, Grain] = {
    "orders": Grain(about=_ORDERED, table=_orders),
    "lines": Grain(about=_LINE, table=_lines),
    "refunds": Grain(about=_SOLD, table=_refunds),
    "refund_lines": Grain(about=_LINE, table=_refund_lines),
    "visits": Grain(about=_VISIT, table=_visits),
    "visit_orders": Grain(about=_ORDERED, table=_visit_orders),
    "visit_lines": Grain(about=_LINE, table=_visit_lines),
    "people": Grain(about=_PERSON, table=_people, of_people=True),
    "valued": Grain(about=_PERSON, table=_valued, of_people=True),
    "visitors": Grain(about=_PERSON, table=_visitors, of_people=True, whole=True),
    "first_visits": Grain(about=_VISIT, table=_first_visits, of_people=True),
}
