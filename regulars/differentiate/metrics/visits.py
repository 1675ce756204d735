"""Which days were visits: those on which orders, net of refunds, are worth something."""

from typing import TYPE_CHECKING

from regulars.differentiate.metrics.facts import Facts
from regulars.differentiate.metrics.purchases import purchases

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
    a ``visit`` when that is more than nothing. Minor units.
    """
    bought = purchases(facts)
    days = bought.group_by("customer_id", "day").agg(
        orders=bought.count().cast("int32"),
        value=bought.value.sum(),
        discount=bought.discount.sum(),
    )
    return days.mutate(visit=days.value > 0)
