"""What is expected of each history, against days counted one by one."""

from datetime import date, timedelta

import numpy as np
import pytest

from regulars.differentiate.value.beta_geometric import BetaGeometric
from regulars.differentiate.value.histories import Distinct, number_of
from regulars.differentiate.value.pareto_nbd import ParetoNBD
from regulars.differentiate.value.prospects import Outlook, prospects
from regulars.differentiate.value.summary import WEEKS_A_YEAR

pytestmark = pytest.mark.once

ENDS_ON = date(2025, 11, 20)
OUTLOOK = Outlook(weeks=WEEKS_A_YEAR, yearly_discount=0.1, act_below=0.5)
MODELS = [BetaGeometric(0.6, 5.0, 0.6, 4.0, modified=True), ParetoNBD(0.7, 4.0, 0.6, 15.0)]
SEEN = [(0, 10, 10), (0, 300, 300), (1, 200, 30), (4, 200, 90), (12, 365, 2), (40, 400, 200)]


def histories() -> Distinct:
    """Visits after the first; first and last visit so many days ago."""
    x, first, last = (np.array(column, np.int64) for column in zip(*SEEN, strict=True))
    today = number_of(ENDS_ON)
    return Distinct(
        x=x, first=today - first, last=today - last, customers=np.ones(len(x)),
        later=np.zeros(len(x)), ends_on=ENDS_ON,
    )  # fmt: skip


@pytest.mark.parametrize("model", MODELS, ids=["MBG/NBD", "Pareto/NBD"])
def test_prospects_are_those_of_days_counted_one_by_one(model):
    told = prospects(histories(), model, OUTLOOK).to_pylist()
    for (x, first, last), row in zip(SEEN, told, strict=True):
        t_x, t = (first - last) / 7, first / 7
        alive = float(model.alive(x, t_x, t))
        assert row["alive"] == pytest.approx(alive)
        days = np.arange(1, 366)
        each = np.diff(model.while_there(np.concatenate([[0], days]) / 7, float(x), t))
        worth = each @ 1.1 ** -((days - 0.5) / 365.25)
        assert row["expected_visits"] == pytest.approx(alive * each.sum(), rel=2e-3)
        assert row["visits_if_there"] == pytest.approx(worth, rel=3e-3)
        assert row["discounted_visits"] == pytest.approx(alive * worth, rel=3e-3)
        assert row["alive_until_on"] == _last_day_above(model, x, t_x, first)
        half = next(day for day in range(1, 10_000) if _again(model, x, t, day) >= 0.5)
        soon = ENDS_ON + timedelta(days=half) if half <= 365 else None
        assert row["next_visit_on"] == soon


def _again(model, x, t, day):
    return 1 - ((model.alpha + t) / (model.alpha + t + day / 7)) ** (model.r + x)


def _last_day_above(model, x, t_x, first):
    begun = ENDS_ON - timedelta(days=first)
    last = round(7 * t_x)
    for day in range(last, first + 366):
        if model.alive(x, t_x, (day + 1) / 7) < OUTLOOK.act_below:
            return begun + timedelta(days=day)
    return None


def test_later_money_is_worth_less_and_a_year_has_its_quarter_day():
    assert WEEKS_A_YEAR * 7 == 365.25
    even = prospects(histories(), MODELS[1], Outlook(weeks=52, yearly_discount=0, act_below=0.5))
    assert even["discounted_visits"].to_numpy() == pytest.approx(even["expected_visits"].to_numpy())
