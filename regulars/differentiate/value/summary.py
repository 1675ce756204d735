"""Customers as the value models see them: how often they came back, when last, watched how long."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt

SAMPLE = 10_000
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
