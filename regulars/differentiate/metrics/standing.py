"""What each customer has done: one row a customer, before anything is judged."""

from datetime import timedelta
from typing import TYPE_CHECKING

from regulars.differentiate.metrics.facts import Facts

if TYPE_CHECKING:
    import ibis

YEAR = timedelta(days=365)
COUNTS = ("visits", "orders", "visits_before", "visits_year")
AMOUNTS = ("value_minor", "value_year_minor", "discount_minor", "refunded_minor", "matched_minor")


def standings(facts: Facts, days: "ibis.Table") -> "ibis.Table":
    """Return one row for each customer: of the brand, with or without a visit. Minor units.

    ``days`` are shopping days. ``interval_days`` is the median of the customer's own intervals.
    What ends in ``_before`` was so a month ago, with the refunds known then.
    """
    people = facts.customers
    people = people.select(
        customer_id=people.id, branch_id=people.branch_id, created_at=people.created_at
    )
    bought, back = _purchases(facts, days), _refunds(facts)
    joined = people.left_join(bought, "customer_id").drop("customer_id_right")
    joined = joined.left_join(back, "customer_id").drop("customer_id_right")
    filled = joined.mutate(**{name: joined[name].fill_null(0) for name in (*COUNTS, *AMOUNTS)})
    known = (filled.created_at < facts.ends_at) | (filled.orders > 0) | (filled.refunded_minor != 0)
    return _worth(filled.filter(known), facts).drop("created_at", "value_minor", "matched_minor")


def _purchases(facts: Facts, days: "ibis.Table") -> "ibis.Table":
    recent = days.visit & (days.day > facts.as_of - YEAR)
    return days.group_by("customer_id").agg(
        visits=days.count(where=days.visit).cast("int32"),
        orders=days.orders.cast("float64").sum().cast("int32"),
        value_minor=days.value.sum().cast("int64"),
        discount_minor=days.discount.sum().cast("int64"),
        first_visit_on=days.day.min(where=days.visit),
        last_visit_on=days.day.max(where=days.visit),
        interval_days=days.interval.median(where=days.visit),
        visits_year=days.count(where=recent).cast("int32"),
        value_year_minor=days.value.sum(where=recent).cast("int64"),
        visits_before=days.count(where=days.was_visit).cast("int32"),
        last_visit_on_before=days.day.max(where=days.was_visit),
    )


def _refunds(facts: Facts) -> "ibis.Table":
    """Return what each customer was given back, and how much of it undoes known purchases."""
    refunds = facts.refunds
    matches = facts.matches
    matched = matches.group_by("refund_id").agg(matched=matches.amount_minor.sum().cast("int64"))
    named = refunds.filter(refunds.customer_id.notnull())
    each = facts.as_themselves(named.left_join(matched, [("id", "refund_id")]))
    return each.group_by("customer_id").agg(
        refunded_minor=each.amount_minor.sum().cast("int64"),
        matched_minor=each.matched.sum().cast("int64"),
    )


def _worth(people: "ibis.Table", facts: Facts) -> "ibis.Table":
    unmatched = people.refunded_minor - people.matched_minor
    ordered = people.value_minor + people.matched_minor
    return people.mutate(
        ordered_minor=ordered,
        unmatched_refund_minor=unmatched,
        net_minor=people.value_minor - unmatched,
        average_order_minor=(ordered / people.orders.nullif(0)).round().cast("int64"),
        recency_days=people.last_visit_on.delta(facts.as_of, unit="day") * -1,
    )
