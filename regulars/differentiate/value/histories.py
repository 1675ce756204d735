"""Collapse shopping days into histories: how often each customer came, and when last."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from regulars.differentiate.value.summary import DAYS_A_WEEK, Array, Summary

if TYPE_CHECKING:
    import ibis

Days = npt.NDArray[np.int64]
EPOCH = date(1970, 1, 1)


def histories(days: "ibis.Table", *, cutoff: date) -> "ibis.Table":
    """Return one row a customer with a visit; ``days`` are shopping days. Minor units.

    ``x`` visits after the first, ``value`` their mean; what ends in ``_before`` was so at the end
    of ``cutoff``, null for who had not come by then; ``later`` are the visits after it.
    """
    visits = days.filter(days.visit)
    seen = visits.day <= cutoff
    repeat = visits.interval.notnull()
    return visits.group_by("customer_id").agg(
        x=(visits.count() - 1).cast("int32"),
        first_on=visits.day.min(),
        last_on=visits.day.max(),
        value=visits.value.mean(where=repeat),
        total=visits.value.sum(),
        x_before=(visits.count(where=seen) - 1).cast("int32"),
        last_before=visits.day.max(where=seen),
        later=visits.count(where=~seen).cast("int32"),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Distinct:
    """Distinct histories and how many customers share each, until ``ends_on``.

    ``x`` repeat visits, ``first`` and ``last`` days since 1970; ``later`` visits afterwards of all
    who share it. Arrays of one shape.
    """

    x: Days
    first: Days
    last: Days
    customers: Array
    later: Array
    ends_on: date

    @property
    def t_x(self) -> Array:
        """Weeks from the first visit to the last."""
        result: Array = (self.last - self.first) / DAYS_A_WEEK
        return result

    @property
    def t(self) -> Array:
        """Weeks from the first visit to the end."""
        result: Array = (number_of(self.ends_on) - self.first) / DAYS_A_WEEK
        return result

    @property
    def summary(self) -> Summary:
        return Summary(self.x.astype(np.float64), self.t_x, self.t, self.customers)

    @property
    def repeaters(self) -> float:
        return float(self.customers[self.x > 0].sum())


def distinct(people: "ibis.Table", *, ends_on: date) -> Distinct:
    """Collapse histories as they are at the end of the day that ``days`` reach to."""
    kept = people.select("x", "first_on", last="last_on", later=people.x * 0)
    return _collapsed(kept, ends_on)


def distinct_before(people: "ibis.Table", *, cutoff: date) -> Distinct:
    """Collapse histories as they were at the end of the cutoff, with the visits since."""
    known = people.filter(people.first_on <= cutoff)
    return _collapsed(known.select("first_on", "later", x="x_before", last="last_before"), cutoff)


def distinct_at(days: "ibis.Table", *, cutoff: date) -> Distinct:
    """Collapse the visits of shopping days as they were at the end of a day."""
    visits = days.filter(days.visit, days.day <= cutoff)
    people = visits.group_by("customer_id").agg(
        x=(visits.count() - 1).cast("int32"), first_on=visits.day.min(), last=visits.day.max()
    )
    return _collapsed(people.mutate(later=people.x * 0), cutoff)


def _collapsed(rows: "ibis.Table", ends_on: date) -> Distinct:
    found = (
        rows.group_by("x", "first_on", "last")
        .agg(customers=rows.count().cast("float64"), later=rows.later.cast("float64").sum())
        .order_by("first_on", "x", "last")
        .to_pyarrow()
    )
    return Distinct(
        x=found["x"].to_numpy().astype(np.int64),
        first=_numbers(found["first_on"].to_numpy()),
        last=_numbers(found["last"].to_numpy()),
        customers=found["customers"].to_numpy(),
        later=found["later"].to_numpy(),
        ends_on=ends_on,
    )


def number_of(day: date) -> int:
    """Return a day as days since 1970."""
    return (day - EPOCH).days


def _numbers(days: npt.NDArray[np.datetime64]) -> Days:
    return days.astype("datetime64[D]").astype(np.int64)
