"""Customers as the value models see them: how often they came back, when last, watched how long."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt

SAMPLE = 10_000
DAYS_A_WEEK = 7
WEEKS_A_YEAR = 365.25 / DAYS_A_WEEK
MOST_DAYS = 1_000_000
SHORTEST, A_YEAR, LONGEST = 0.5, 52.0, 1_000.0  # weeks that people are watched on average
Array = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Summary:
    """Distinct histories with the number of customers that share each.

    ``x`` repeat visits, ``t_x`` weeks from the first visit to the last, ``t`` weeks from the first
    visit to the end of calibration, ``customers`` how many. Arrays of one shape, (histories,).
    """

    x: Array
    t_x: Array
    t: Array
    customers: Array

    @classmethod
    def of(cls, x: npt.ArrayLike, t_x: npt.ArrayLike, t: npt.ArrayLike) -> Self:
        """Collapse one row a customer into distinct histories."""
        rows = np.column_stack([np.asarray(column, dtype=np.float64) for column in (x, t_x, t)])
        distinct, customers = np.unique(rows, axis=0, return_counts=True)
        return cls(distinct[:, 0], distinct[:, 1], distinct[:, 2], customers.astype(np.float64))

    def near_weeks(self) -> tuple[Self, float]:
        """Return the same with people watched for weeks or years, and the unit of its time.

        In seconds a search ends far from the best and says that it found it.
        """
        watched = float(np.average(self.t, weights=self.customers))
        if not watched > 0 or SHORTEST <= watched <= LONGEST:
            return self, 1.0
        unit = watched / A_YEAR
        return type(self)(self.x, self.t_x / unit, self.t / unit, self.customers), unit

    def sample(self) -> Self | None:
        """Draw some customers, so that they weigh as much as all; None when these are few."""
        if len(self.x) <= 2 * SAMPLE:
            return None
        everybody = self.customers.sum()
        drawn = np.random.default_rng(0).multinomial(SAMPLE, self.customers / everybody)
        kept = drawn > 0
        weights = drawn[kept] * (everybody / SAMPLE)
        return type(self)(self.x[kept], self.t_x[kept], self.t[kept], weights)


def on_distinct(function: Callable[[Array], Array], values: Array) -> Array:
    """Apply a costly function to the distinct values only."""
    distinct, where = np.unique(values, return_inverse=True)
    return function(distinct)[where]


def places(weeks: Array) -> tuple[Array, npt.NDArray[np.int64]]:
    """Return the distinct times and which of them each is; whole days need no sorting."""
    days = np.rint(weeks * DAYS_A_WEEK).astype(np.int64)
    if not (days.size and days.min() >= 0 and days.max() < MOST_DAYS):
        return np.unique(weeks, return_inverse=True)
    seen = np.bincount(days) > 0
    values: Array = np.flatnonzero(seen) / DAYS_A_WEEK
    where = (np.cumsum(seen) - 1)[days]
    return (
        (values, where) if (values[where] == weeks).all() else np.unique(weeks, return_inverse=True)
    )
