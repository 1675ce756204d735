"""Intervals that are to hold four in five do, in shops whose future was simulated, too."""

from datetime import date, timedelta

import numpy as np
import pytest

from regulars.differentiate.value.fitting import Model, fit_in_time
from regulars.differentiate.value.forecast import backtest, expect, origins_of
from regulars.differentiate.value.forecast_rows import as_rows
from regulars.differentiate.value.histories import Distinct, number_of
from regulars.differentiate.value.weekly import BELIEVED, WEEKS_OF_YEAR, Weekly, doubt_of
from regulars.simulate.public import SHOPS, simulate

pytestmark = pytest.mark.once

ENDS_ON, UNTIL = date(2025, 10, 31), date(2026, 1, 1)
MONTHS = ((date(2025, 11, 1), date(2025, 11, 30)), (date(2025, 12, 1), date(2025, 12, 31)))
WEEKS, HELD_OUT = 8, 39


def visits_of(shop: str, seed: int) -> np.ndarray:
    """Return distinct rows of a customer and the day of a visit."""
    bought = simulate(SHOPS[shop], size=1_000, seed=seed, years=3.0, until=UNTIL).purchases
    known = bought.customer >= 0
    days = bought.at[known].astype(np.int64) // 86_400
    return np.unique(np.stack([bought.customer[known].astype(np.int64), days], 1), axis=0)


def histories(visits: np.ndarray, ends_on: date) -> Distinct:
    seen = visits[visits[:, 1] <= number_of(ends_on)]
    who, starts, times = np.unique(seen[:, 0], return_index=True, return_counts=True)
    rows = np.stack([times - 1, seen[starts, 1], seen[starts + times - 1, 1]], 1)
    x, first, last = np.unique(rows, axis=0).T
    customers = np.unique(rows, axis=0, return_counts=True)[1].astype(float)
    assert customers.sum() == len(who)
    return Distinct(x=x, first=first, last=last, customers=customers,
                    later=np.zeros(len(x)), ends_on=ends_on)  # fmt: skip


def weekly(visits: np.ndarray) -> Weekly:
    weeks = (number_of(ENDS_ON) + 1 - int(visits[:, 1].min())) // 7
    begins = number_of(ENDS_ON) + 1 - 7 * weeks
    firsts = visits[np.unique(visits[:, 0], return_index=True)[1], 1]

    def count(days: np.ndarray) -> np.ndarray:
        within = days[(days >= begins) & (days <= number_of(ENDS_ON))]
        return np.bincount((within - begins) // 7, minlength=weeks).astype(float)

    came = count(visits[:, 1])
    return Weekly(ends_on=ENDS_ON, newcomers=count(firsts), visits=came, orders=came,
                  net_minor=came)  # fmt: skip


def held(shop: str, seed: int) -> tuple[list[bool], list[bool]]:
    """Tell of each week and month to come whether its interval held what came."""
    visits = visits_of(shop, seed)
    known, seen = histories(visits, ENDS_ON), weekly(visits)

    def fitted(histories: Distinct):
        return fit_in_time(histories.summary, Model.MBG_NBD)[0]

    tests = []
    for ago in origins_of(HELD_OUT):
        before = histories(visits, ENDS_ON - timedelta(weeks=ago))
        tests.append(backtest(seen, before, fitted(before), weeks=ago))
    rows = as_rows(seen, expect(seen, known, fitted(known)), tests)

    def holds(row: dict[str, float], first: int, last: int) -> bool:
        came = ((visits[:, 1] >= first) & (visits[:, 1] <= last)).sum()
        return bool(row["orders_low"] <= came <= row["orders_high"])

    first = number_of(ENDS_ON) + 1
    weeks = [holds(rows["weeks"][n], first + 7 * n, first + 7 * n + 6) for n in range(WEEKS)]
    days = [(number_of(begin), number_of(end)) for begin, end in MONTHS]
    return weeks, [holds(row, *day) for row, day in zip(rows["months"], days, strict=False)]


@pytest.mark.parametrize(("shop", "seeds"), [("plain", 6), ("teahouse", 6)])
def test_intervals_hold_about_four_in_five(shop, seeds, record_testsuite_property):
    found = [held(shop, seed) for seed in range(seeds)]
    weeks, months = (np.mean([one[kind] for one in found]) for kind in (0, 1))
    record_testsuite_property(f"{shop}: share of weeks within their interval", float(weeks))
    record_testsuite_property(f"{shop}: share of months within their interval", float(months))
    assert 0.65 <= weeks <= 0.97
    assert months >= 0.65


def test_where_there_is_no_season_there_is_no_doubt_of_it():
    assert (doubt_of(np.ones(WEEKS_OF_YEAR)) == 0).all()
    seen = 1.5
    believed = 1 + BELIEVED * (seen - 1)
    assert doubt_of(np.array([believed])) == pytest.approx((seen - believed) / believed)
