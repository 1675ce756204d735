"""Which days were visits: those on which orders, net of refunds, are worth something."""

from typing import TYPE_CHECKING

from regulars.differentiate.metrics.facts import Facts

if TYPE_CHECKING:
    import ibis


def shopping_days(facts: Facts) -> "ibis.Table":
    """Return the days with orders; ``interval`` is the number of days since the visit before."""
    days = days_with_orders(facts)
    before = days.day.lag().over(group_by=("customer_id", "visit"), order_by="day")
    return days.mutate(interval=days.day.delta(before, unit="day").cast("int32"))


def days_with_orders(facts: Facts) -> "ibis.Table":
    """Return one row for each customer and day with orders.

    ``value`` is what the orders of the day are worth, less the refunds matched to them; the day is
    a ``visit`` when that is more than nothing, and it ``was_visit`` when that was so a month ago,
    before the refunds given since. Minor units.

    Sums are taken as float64, which is exact up to 2^53 and a third quicker than 128-bit integers.
    """
    bought = _purchases(facts)
    days = bought.group_by("customer_id", "day").agg(
        orders=bought.count().cast("int32"),
        value=(bought.net_minor - bought.returned).sum(),
        discount=bought.discount_minor.cast("float64").sum(),
        undone_since=bought.returned_since.sum(),
    )
    then = (days.day <= facts.month_before) & (days.value + days.undone_since > 0)
    return days.mutate(visit=days.value > 0, was_visit=then).drop("undone_since")


def _purchases(facts: Facts) -> "ibis.Table":
    """Return the orders of known customers, each with what was brought back of it."""
    orders = facts.orders
    orders = orders.filter(orders.customer_id.notnull())
    back = _returned(facts)
    joined = facts.as_themselves(orders.left_join(back, [("id", "returned_of")]))
    return joined.select(
        "customer_id",
        "net_minor",
        "discount_minor",
        day=joined.placed_on,
        returned=joined.returned.fill_null(0),
        returned_since=joined.returned_since.fill_null(0),
    )


def _returned(facts: Facts) -> "ibis.Table":
    matches = facts.matches
    since, amount = matches.refunded_on > facts.month_before, matches.amount_minor.cast("float64")
    return matches.group_by(returned_of=matches.order_id).agg(
        returned=amount.sum(), returned_since=amount.sum(where=since)
    )
