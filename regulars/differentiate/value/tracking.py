"""Hold the repeat visits of each week against what a model expected of everybody."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from regulars.differentiate.value.histories import number_of
from regulars.differentiate.value.purchases import Continuous
from regulars.differentiate.value.summary import DAYS_A_WEEK, Array

if TYPE_CHECKING:
    import ibis


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendance:
    """First and repeat visits by week, counted from the shop's first day; the last is whole."""

    begins_on: date
    newcomers: Array
    repeats: Array

    @property
    def weeks(self) -> int:
        return len(self.repeats)


def attendance_of(days: "ibis.Table", *, begins_on: date, ends_on: date) -> Attendance:
    """Count visits by week and day of their life; ``days`` are shopping days."""
    weeks = (number_of(ends_on) + 1 - number_of(begins_on)) // DAYS_A_WEEK
    visits = days.filter(days.visit)
    week = (visits.day.delta(begins_on, unit="day") // DAYS_A_WEEK).cast("int32")
    first = visits.interval.isnull()
    counted = visits.group_by(week=week).agg(
        newcomers=visits.count(where=first), repeats=visits.count(where=~first)
    )
    newcomers, repeats = np.zeros(weeks), np.zeros(weeks)
    for row in counted.to_pyarrow().to_pylist():
        if row["week"] < weeks:
            newcomers[row["week"]], repeats[row["week"]] = row["newcomers"], row["repeats"]
    return Attendance(begins_on=begins_on, newcomers=newcomers, repeats=repeats)


def expected_repeats(purchases: Continuous, newcomers: Array) -> Array:
    """Return the repeat visits expected by the end of each week, of all who have come by then.

    Newcomers of a week are taken to come in its middle.
    """
    ages = np.arange(len(newcomers)) + 0.5
    by_age = purchases.expected_of_new(ages)
    result: Array = np.convolve(newcomers, by_age)[: len(newcomers)]
    return result
