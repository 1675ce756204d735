"""What is to be expected of customers, worked out once for each distinct history."""

from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from regulars.differentiate.value.histories import Distinct, number_of
from regulars.differentiate.value.purchases import Continuous
from regulars.differentiate.value.summary import DAYS_A_WEEK, WEEKS_A_YEAR, Array

WEEKS_A_STEP = 13.0  # later money is discounted quarter by quarter
LONGEST = 1040.0  # weeks: whoever is there longer is there for good
HALVINGS = 13  # of the days of the longest time, until one is left
ON = ("x", "first_on", "last_on")


@dataclass(frozen=True, slots=True)
class Outlook:
    """How far one looks ahead, what a year's delay takes off money, and below what one acts."""

    weeks: float
    yearly_discount: float
    act_below: float


def prospects(found: Distinct, purchases: Continuous, outlook: Outlook) -> pa.Table:
    """Return one row a distinct history, named by ``x``, ``first_on`` and ``last_on``.

    ``alive`` the probability that they have not left; ``expected_visits`` within the outlook;
    ``discounted_visits`` the same, later ones worth less; ``visits_if_there`` discounted likewise,
    supposing that they have not left; ``next_visit_on`` the day by which half of those who have
    not left come again, and ``alive_until_on`` the day ``alive`` falls below what one acts below:
    null when later than the outlook.
    """
    s, (pairs, of_pair) = found.summary, pairs_of(found.x, found.first)
    x, t = s.x[pairs], s.t[pairs]
    alive = purchases.alive(s.x, s.t_x, s.t)
    plain, discounted = _ahead(purchases, outlook, x, t)
    wait = (purchases.alpha + t) * (2 ** (1 / (purchases.r + x)) - 1)
    today, last_day = number_of(found.ends_on), _last_day(found, outlook)
    next_day = today + np.ceil(wait * DAYS_A_WEEK)[of_pair]
    columns = {
        "x": pa.array(found.x, pa.int32()),
        "first_on": _dates(found.first),
        "last_on": _dates(found.last),
        "alive": alive,
        "expected_visits": plain[of_pair] * alive,
        "discounted_visits": discounted[of_pair] * alive,
        "visits_if_there": discounted[of_pair],
        "next_visit_on": _dates(next_day, unless_after=last_day),
        "alive_until_on": _dates(_alive_until(found, purchases, outlook), unless_after=last_day),
    }
    return pa.table(columns)


def _last_day(found: Distinct, outlook: Outlook) -> int:
    return number_of(found.ends_on + timedelta(weeks=outlook.weeks))


def _ahead(purchases: Continuous, outlook: Outlook, x: Array, t: Array) -> tuple[Array, Array]:
    """Visits of who has not left, plain and discounted to the middle of each step."""
    steps = max(1, round(outlook.weeks / WEEKS_A_STEP))
    edges = np.linspace(0, outlook.weeks, steps + 1)
    so_far = discounted = np.zeros_like(x)
    for begin, end in pairwise(edges):
        until = purchases.while_there(end, x, t)
        years = (begin + end) / 2 / WEEKS_A_YEAR
        discounted = discounted + (until - so_far) * (1 + outlook.yearly_discount) ** -years
        so_far = until
    return so_far, discounted


def _alive_until(found: Distinct, purchases: Continuous, outlook: Outlook) -> Array:
    """Return the last day, since 1970, on which ``alive`` was not below; by halving."""
    pairs, of_pair = pairs_of(found.x, found.last - found.first)
    x, t_x = found.x[pairs].astype(np.float64), found.t_x[pairs]
    low = np.zeros(len(pairs), np.int64)  # days since the last visit
    high = low + int(LONGEST * DAYS_A_WEEK)
    for _ in range(HALVINGS):
        middle = (low + high) // 2
        there = purchases.alive(x, t_x, t_x + middle / DAYS_A_WEEK) >= outlook.act_below
        low = np.where(there, middle, low)
        high = np.where(there, high, middle)
    days: Array = (low[of_pair] + found.last).astype(np.float64)
    return days


def pairs_of(
    first: npt.NDArray[np.int64], second: npt.NDArray[np.int64]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return one place of each distinct pair, and for every row the number of its pair."""
    _, places, numbers = np.unique(
        first * 1_000_000 + (second - second.min(initial=0)), return_index=True, return_inverse=True
    )
    return places, numbers


def _dates(days: npt.ArrayLike, *, unless_after: int | None = None) -> pa.Array:
    numbers = np.asarray(days, dtype=np.float64)
    late = np.zeros(numbers.shape, bool) if unless_after is None else numbers > unless_after
    whole = np.where(late, 0, numbers).astype(np.int32)
    return pa.array(whole, pa.int32(), mask=late).cast(pa.date32())
