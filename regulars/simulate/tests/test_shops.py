"""The shops people are shown must look like shops somebody would want to run."""

import numpy as np
import pytest

from regulars.simulate.purchases import STRANGER
from regulars.simulate.tests.histories import history, runs

SHOWN = pytest.mark.parametrize(("slug", "size"), [("teahouse", 5_000), ("bakery", 1_500)])


def _bought(slug: str, size: int):
    [run] = runs(slug, size=size)
    known = run.orders.customer != STRANGER
    return run.orders.customer[known], run.day[known], run.orders.value[known]


@SHOWN
def test_all_sixteen_cells_are_peopled(slug, size):
    customer, day, _ = _bought(slug, size)
    visits = np.unique(np.stack([customer, day]), axis=1)
    window = np.percentile(np.diff(visits[1])[np.diff(visits[0]) == 0], 80)
    count, last = np.bincount(visits[0], minlength=size), np.zeros(size, dtype=np.int64)
    np.maximum.at(last, visits[0], visits[1])
    recency = history(slug, size=size).hours.day[-1] - last
    row = np.digitize(recency, [window, 2 * window, 4 * window], right=True)
    column = np.digitize(count, [2, 3, 6])
    cells = np.bincount((row * 4 + column)[count > 0], minlength=16)
    assert (cells >= 10).all()
    assert cells[:4].sum() > size / 5


@SHOWN
def test_a_fifth_of_the_people_brings_most_of_the_money(slug, size):
    customer, _, value = _bought(slug, size)
    money = np.sort(np.bincount(customer, value))[::-1]
    money = money[money > 0]
    assert 0.65 < money[: round(len(money) / 5)].sum() / money.sum() < 0.85
