"""Visits counted by day, and by the month of the customers' first visit: series and cohorts."""

from typing import TYPE_CHECKING

from regulars.differentiate.metrics.facts import Facts
from regulars.differentiate.metrics.shop import MEASURES

if TYPE_CHECKING:
    import ibis


COUNTS = ("visits", "newcomers", "people", "value_minor")


def attendance(bought: "ibis.Table", people: "ibis.Table") -> "ibis.Table":
    """Count visits by the customers' home branch, the month of their first visit, and the day.

    ``people`` counts customers on their first visit of a calendar month: over the days of a month
    it sums to the people who came in it. ``bought`` are purchases, ``people`` standings.
    """
    came = people.filter(people.first_visit_on.notnull())
    came = came.mutate(cohort_on=came.first_visit_on.truncate("month"))
    parts = [_first(came), _later(came), _worth(bought, came)]
    whole = parts[0].union(*parts[1:])
    return whole.group_by("branch_id", "day", "cohort_on").agg(
        **{name: whole[name].sum().cast("int64") for name in COUNTS}
    )


def _first(came: "ibis.Table") -> "ibis.Table":
    each = came.group_by("branch_id", "cohort_on", day=came.first_visit_on)
    return _counted(each.agg(visits=came.count(), newcomers=came.count(), people=came.count()))


def _later(came: "ibis.Table") -> "ibis.Table":
    each = came.select("branch_id", "cohort_on", visit=came.returns.unnest())
    visits = each.select(
        "branch_id", "cohort_on", day=each.visit["day"], interval=each.visit["interval"]
    )
    return _counted(
        visits.group_by("branch_id", "cohort_on", "day").agg(
            visits=visits.count(), people=visits.count(where=visits.interval >= visits.day.day())
        )
    )


def _worth(bought: "ibis.Table", came: "ibis.Table") -> "ibis.Table":
    homes = came.select("customer_id", "branch_id", "cohort_on")
    at = bought.filter(bought.visit).inner_join(homes, "customer_id")
    return _counted(at.group_by("branch_id", "cohort_on", "day").agg(value_minor=at.value.sum()))


def _counted(table: "ibis.Table") -> "ibis.Table":
    whole = table.mutate(**{name: 0 for name in COUNTS if name not in table.columns})
    return whole.select(
        "branch_id", "day", "cohort_on", **{name: whole[name].cast("float64") for name in COUNTS}
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
