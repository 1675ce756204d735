"""Visits counted by day, and by the month of the customers' first visit: series and cohorts."""

from typing import TYPE_CHECKING

from regulars.differentiate.metrics.facts import Facts
from regulars.differentiate.metrics.shop import MEASURES

if TYPE_CHECKING:
    import ibis


def attendance(days: "ibis.Table", people: "ibis.Table") -> "ibis.Table":
    """Count visits by the customers' home branch, the month of their first visit, and the day.

    ``people`` counts customers on their first visit of a calendar month: over the days of a month
    it sums to the people who came in it. ``days`` are shopping days, ``people`` standings.
    """
    visits = days.filter(days.visit)
    homes = people.select(
        customer_id=people.customer_id,
        branch_id=people.branch_id,
        cohort_on=people.first_visit_on.truncate("month"),
    )
    at = visits.inner_join(homes, "customer_id")
    first = at.interval.isnull()
    return at.group_by("branch_id", "day", "cohort_on").agg(
        visits=at.count(),
        newcomers=at.count(where=first),
        people=at.count(where=first | (at.interval >= at.day.day())),
        value_minor=at.value.sum().cast("int64"),
    )


def cohorts_of(attendance: "ibis.Table") -> "ibis.Table":
    """Return the people and the value of each cohort in each month, by branch."""
    return attendance.group_by(
        "branch_id", "cohort_on", month_on=attendance.day.truncate("month")
    ).agg(
        people=attendance.people.sum().cast("int32"),
        visits=attendance.visits.sum().cast("int32"),
        value_minor=attendance.value_minor.sum().cast("int64"),
    )


def daily_of(facts: Facts, attendance: "ibis.Table") -> "ibis.Table":
    """Return the figures of each day, by branch.

    Visits count at the customers' home branch and leave out who is not known; orders and refunds
    count everybody, where they took place and on the day they did.
    """
    came = attendance.group_by("branch_id", "day").agg(
        visits=attendance.visits.sum(),
        newcomers=attendance.newcomers.sum(),
    )
    orders, refunds = facts.orders, facts.refunds
    strangers = orders.customer_id.isnull()
    sold = orders.group_by("branch_id", day=orders.placed_on).agg(
        orders=orders.count(),
        ordered_minor=orders.net_minor.cast("float64").sum(),
        strangers=orders.count(where=strangers),
        strangers_minor=orders.net_minor.cast("float64").sum(where=strangers),
    )
    back = refunds.group_by("branch_id", day=refunds.refunded_on).agg(
        refunded_minor=refunds.amount_minor.cast("float64").sum()
    )
    return _together(came, sold, back)


def _together(first: "ibis.Table", *others: "ibis.Table") -> "ibis.Table":
    tables = [_with_all(table) for table in (first, *others)]
    whole = tables[0].union(*tables[1:])
    return whole.group_by("branch_id", "day").agg(
        **{name: whole[name].sum().cast("int64") for name in MEASURES}
    )


def _with_all(table: "ibis.Table") -> "ibis.Table":
    missing = {name: 0 for name in MEASURES if name not in table.columns}
    whole = table.mutate(**missing)
    return whole.select(
        "branch_id", "day", **{name: whole[name].cast("float64") for name in MEASURES}
    )
