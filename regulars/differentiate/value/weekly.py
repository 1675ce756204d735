"""A shop's figures by week, counted back from the day one looks from, and their season."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from regulars.differentiate.value.summary import DAYS_A_WEEK, Array

if TYPE_CHECKING:
    import ibis

WEEKS_OF_YEAR = 53
SEASON_FROM = 104  # weeks: a season must have been seen twice
AROUND = 26  # weeks on either side make a year's average
BELIEVED = 0.7  # of what was seen of a season: some of it was chance
DAYS_A_YEAR = 365.25


@dataclass(frozen=True, slots=True, kw_only=True)
class Weekly:
    """Figures of whole weeks, the last of which ends on ``ends_on``. Arrays of shape (weeks,).

    ``visits`` and ``newcomers`` are those of known customers; ``orders`` and ``net_minor``
    everybody's, refunds taken off on the day they were given.
    """

    ends_on: date
    newcomers: Array
    visits: Array
    orders: Array
    net_minor: Array

    def __len__(self) -> int:
        return len(self.visits)

    def week_of_year(self, first: int, weeks: int) -> npt.NDArray[np.int64]:
        """Return the place in the year of weeks counted from the first, from 0 to 52."""
        ends = [
            self.ends_on + timedelta(weeks=n + 1 - len(self)) for n in range(first, first + weeks)
        ]
        return np.array([int((day.timetuple().tm_yday - 1) // DAYS_A_WEEK) for day in ends])

    def until(self, weeks: int) -> "Weekly":
        """Return the same without the last weeks."""
        kept = slice(0, len(self) - weeks)
        return Weekly(
            ends_on=self.ends_on - timedelta(weeks=weeks),
            newcomers=self.newcomers[kept],
            visits=self.visits[kept],
            orders=self.orders[kept],
            net_minor=self.net_minor[kept],
        )


def weekly_of(daily: "ibis.Table", *, begins_on: date, ends_on: date) -> Weekly:
    """Sum up the figures of days and branches; days before the first whole week are left out."""
    weeks = ((ends_on - begins_on).days + 1) // DAYS_A_WEEK
    first = ends_on - timedelta(days=weeks * DAYS_A_WEEK - 1)
    kept = daily.filter(daily.day >= first, daily.day <= ends_on)
    week = (kept.day.delta(first, unit="day") // DAYS_A_WEEK).cast("int32")
    found = (
        kept.group_by(week=week)
        .agg(
            newcomers=kept.newcomers.cast("float64").sum(),
            visits=kept.visits.cast("float64").sum(),
            orders=kept.orders.cast("float64").sum(),
            net_minor=(kept.ordered_minor - kept.refunded_minor).cast("float64").sum(),
        )
        .to_pyarrow()
    )
    place = found["week"].to_numpy()
    columns = {name: np.zeros(weeks) for name in ("newcomers", "visits", "orders", "net_minor")}
    for name, column in columns.items():
        column[place] = found[name].to_numpy()
    return Weekly(ends_on=ends_on, **columns)


def season_of(weekly: Weekly) -> Array:
    """Return how busy each week of the year is, on average 1; all 1 until seen twice."""
    even = np.ones(WEEKS_OF_YEAR)
    if len(weekly) < SEASON_FROM:
        return even
    kernel = np.ones(2 * AROUND + 1) / (2 * AROUND + 1)
    level = np.convolve(weekly.visits, kernel, mode="valid")
    middle = weekly.visits[AROUND : len(weekly) - AROUND]
    at = weekly.week_of_year(AROUND, len(middle))
    busy = middle / np.where(level > 0, level, 1)
    seen = np.bincount(at, busy, WEEKS_OF_YEAR) / np.maximum(
        np.bincount(at, None, WEEKS_OF_YEAR), 1
    )
    seen = np.where(np.bincount(at, None, WEEKS_OF_YEAR) > 0, seen, 1.0)
    if not seen.any():  # a shop whose days are all longer ago than the weeks around them
        return even
    smooth = (np.roll(seen, 1) + 2 * seen + np.roll(seen, -1)) / 4
    season: Array = 1 + BELIEVED * (smooth / smooth.mean() - 1)
    return np.maximum(season, 0.1)


def doubt_of(season: Array) -> Array:
    """Return by what share a season may be off: the part of what was seen that is not believed."""
    unbelieved = (1 - BELIEVED) / BELIEVED * np.abs(season - 1)
    result: Array = unbelieved / season
    return result
