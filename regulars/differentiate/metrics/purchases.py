"""What known customers bought: one row an order, with what is left of it and whether it counts."""

from typing import TYPE_CHECKING

from regulars.differentiate.metrics.facts import Facts

if TYPE_CHECKING:
    import ibis


def purchases(facts: Facts) -> "ibis.Table":
    """Return the orders of known customers, each with what was brought back of it.

    ``value`` is what the order is worth less the refunds matched to it, ``value_before`` what it
    was worth a month ago, before the refunds given since. Minor units, as float64: exact up to
    2^53 and a third quicker to add up than 128-bit integers.
    """
    orders = facts.orders
    orders = orders.filter(orders.customer_id.notnull())
    joined = facts.as_themselves(orders.left_join(_returned(facts), [("id", "returned_of")]))
    value = joined.net_minor - joined.returned.fill_null(0)
    return joined.select(
        "customer_id",
        day=joined.placed_on,
        value=value,
        value_before=value + joined.returned_since.fill_null(0),
        discount=joined.discount_minor.cast("float64"),
    )


def of_visits(bought: "ibis.Table", facts: Facts) -> "ibis.Table":
    """Tell of each purchase whether it is part of a ``visit``, and whether it was a month ago.

    A day is a visit when all that was bought on it is worth more than nothing. Where no order is
    worth less than nothing, these are the days of the orders that are worth more; only where
    orders are, days have to be summed up. ``bought`` is kept, for it is asked first.
    """
    if not bought.filter(bought.value < 0).limit(1).count().to_pyarrow().as_py():
        visit, was_visit = bought.value > 0, bought.value_before > 0
    else:
        bought = bought.left_join(_days_with_less_than_nothing(bought), ["customer_id", "day"])
        visit = bought.sum_is_visit.coalesce(bought.value > 0)
        was_visit = bought.sum_was_visit.coalesce(bought.value_before > 0)
    return bought.select(
        "customer_id",
        "day",
        "value",
        "discount",
        visit=visit,
        was_visit=was_visit & (bought.day <= facts.month_before),
    )


def _days_with_less_than_nothing(bought: "ibis.Table") -> "ibis.Table":
    below = bought.filter(bought.value < 0).select("customer_id", "day")
    days = bought.semi_join(below, ["customer_id", "day"])
    return days.group_by("customer_id", "day").agg(
        sum_is_visit=days.value.sum() > 0, sum_was_visit=days.value_before.sum() > 0
    )


def _returned(facts: Facts) -> "ibis.Table":
    matches = facts.matches
    since, amount = matches.refunded_on > facts.month_before, matches.amount_minor.cast("float64")
    return matches.group_by(returned_of=matches.order_id).agg(
        returned=amount.sum(), returned_since=amount.sum(where=since)
    )
