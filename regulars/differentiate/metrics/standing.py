"""What each customer has done: one row a customer, before anything is judged."""

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

from regulars.differentiate.metrics.facts import Facts

if TYPE_CHECKING:
    import ibis

YEAR = timedelta(days=365)
COUNTS = ("visits", "orders", "visits_before", "visits_year")
AMOUNTS = ("value_minor", "value_year_minor", "discount_minor", "refunded_minor", "matched_minor")


def standings(facts: Facts, bought: "ibis.Table") -> "ibis.Table":
    """Return one row for each customer: of the brand, with or without a visit. Minor units.

    ``bought`` are purchases, of visits or not. ``returns`` lists every visit but the first, with
    its ``day`` and the ``interval`` in days since the one before; ``interval_days`` is the median
    of these. What ends in ``_before`` was so a month ago, with the refunds known then.
    """
    people = facts.customers
    people = people.select(
        customer_id=people.id, branch_id=people.branch_id, created_at=people.created_at
    )
    done, back = _visited(_purchases(facts, bought), facts), _refunds(facts)
    joined = people.left_join(done, "customer_id").drop("customer_id_right")
    joined = joined.left_join(back, "customer_id").drop("customer_id_right")
    filled = joined.mutate(**{name: joined[name].fill_null(0) for name in (*COUNTS, *AMOUNTS)})
    known = (filled.created_at < facts.ends_at) | (filled.orders > 0) | (filled.refunded_minor != 0)
    return _worth(filled.filter(known), facts).drop("created_at", "value_minor", "matched_minor")


def _purchases(facts: Facts, bought: "ibis.Table") -> "ibis.Table":
    """Sum the purchases up; several of one day still count as several visits."""
    recent = bought.visit & (bought.day > facts.as_of - YEAR)
    before = bought.visit & (bought.day <= facts.month_before)
    return bought.group_by("customer_id").agg(
        orders=bought.count().cast("int32"),
        value_minor=bought.value.sum().cast("int64"),
        discount_minor=bought.discount.sum().cast("int64"),
        value_year_minor=bought.value.sum(where=recent).cast("int64"),
        visits_year=bought.count(where=recent).cast("int32"),
        visits_before=bought.count(where=before).cast("int32"),
        last_visit_on_before=bought.day.max(where=bought.was_visit),
        days=bought.day.collect(where=bought.visit).sort(),
        undone_since=bought.day.collect(where=bought.was_visit & ~bought.visit),
    )


def _visited(people: "ibis.Table", facts: Facts) -> "ibis.Table":
    """Turn the days of visits, in order and some of them twice, into what they say together."""
    later = _later(people.days)
    again = later.filter(lambda each: each["interval"] == 0)
    returns = later.filter(lambda each: each["interval"] > 0)
    gone = _no_more(people.undone_since, people.days)
    return people.mutate(
        returns=returns,
        interval_days=_median(returns.map(lambda each: each["interval"]).sort()),
        first_visit_on=people.days[0],
        last_visit_on=people.days[people.days.length() - 1],
        visits=(people.days.length().fill_null(0) - again.length().fill_null(0)).cast("int32"),
        visits_year=(
            people.visits_year - _number(again, lambda day: day > facts.as_of - YEAR)
        ).cast("int32"),
        visits_before=(
            people.visits_before - _number(again, lambda day: day <= facts.month_before) + gone
        ).cast("int32"),
    ).drop("days", "undone_since")


def _later(days: "ibis.ArrayValue") -> "ibis.ArrayValue":
    """Pair each day but the first with the ``interval`` since the one before."""
    import ibis

    return days[1:].map(
        lambda day, nth: ibis.struct(
            {"day": day, "interval": day.delta(days[nth], unit="day").cast("int32")}
        )
    )


def _number(days: "ibis.ArrayValue", wanted: "Callable[[ibis.Value], ibis.Value]") -> "ibis.Value":
    found = days.filter(lambda each: wanted(each["day"]))
    return found.length().fill_null(0).cast("int32")


def _no_more(undone: "ibis.ArrayValue", days: "ibis.ArrayValue") -> "ibis.Value":
    """Count the days that were visits until all that was bought on them was brought back."""
    gone = undone.unique().filter(
        lambda day: (~days.contains(day)).fill_null(True)  # noqa: FBT003
    )
    return gone.length().fill_null(0).cast("int32")


def _median(ordered: "ibis.ArrayValue") -> "ibis.Value":
    """Return the middle of a list that is in order, or the mean of the two in the middle."""
    size = ordered.length()
    middle = ordered[(size - 1) // 2] + ordered[size // 2]
    return (size > 0).ifelse(middle / 2, None)


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
