"""Scores from 1 to 5 in which equal values get equal scores."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    import ibis

HIGHEST = 5


@dataclass(frozen=True, slots=True)
class Steps:
    """The values above which a score rises by one.

    A score is ``1 + floor(5 × share of customers strictly below)``, at most 5. The share below
    reaches k fifths of n as soon as a value is above the one in place ceil(k n / 5) from below: so
    four values say everything, and a score is one more than the number of them it is above.
    """

    values: tuple[int, ...]

    def score(self, column: "ibis.Column") -> "ibis.Column":
        """Return the scores of a column of the same kind as the steps were taken from."""
        score = column.isnull().ifelse(None, 1)
        for value in self.values:
            score = score + (column > value).cast("int8")
        return score.cast("int8")


def steps_of(values: npt.NDArray[np.int64]) -> Steps:
    """Take the steps from the values of all customers, sorted from the least."""
    size = len(values)
    if not size:
        return Steps(())
    places = [-(-size * fifths // HIGHEST) - 1 for fifths in range(1, HIGHEST)]
    return Steps(tuple(int(values[place]) for place in places))


def steps_of_counted(counted: Sequence[tuple[int, int]]) -> Steps:
    """Take the steps from distinct values and how many customers have each."""
    ordered = sorted(counted)
    values = np.array([value for value, _ in ordered], np.int64)
    return steps_of(np.repeat(values, [count for _, count in ordered]))
