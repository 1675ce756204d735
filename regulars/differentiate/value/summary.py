"""Customers as the value models see them: how often they came back, when last, watched how long."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt

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


def on_distinct(function: Callable[[Array], Array], values: Array) -> Array:
    """Apply a costly function to the distinct values only."""
    distinct, where = np.unique(values, return_inverse=True)
    return function(distinct)[where]
