"""Forecasts of shops whose future is known, because it was made."""

from datetime import date, timedelta

import numpy as np
import pytest

from regulars.differentiate.value.beta_geometric import BetaGeometric
from regulars.differentiate.value.forecast import (
    backtest,
    expect,
    known_ahead,
    newcomers_ahead,
    origins_of,
    spread_of,
)
from regulars.differentiate.value.forecast_rows import as_rows, backtest_rows
from regulars.differentiate.value.histories import Distinct, number_of
from regulars.differentiate.value.weekly import WEEKS_OF_YEAR, Weekly, season_of

pytestmark = pytest.mark.once

MODEL = BetaGeometric(0.6, 5.0, 0.6, 4.0, modified=True)
ENDS_ON = date(2025, 12, 28)


def steady(weeks: int, *, visits: float = 100.0) -> Weekly:
    even = np.full(weeks, visits)
    return Weekly(
        ends_on=ENDS_ON, newcomers=even / 5, visits=even, orders=1.2 * even, net_minor=2_000 * even
    )


def customers(number: int, *, ends_on: date = ENDS_ON) -> Distinct:
    """Customers who came twice, ten weeks apart, the last time five weeks ago."""
    one = np.ones(1)
    day = number_of(ends_on)
    return Distinct(
        x=np.array([1]), first=np.array([day - 105]), last=np.array([day - 35]),
        customers=number * one, later=0 * one, ends_on=ends_on,
    )  # fmt: skip


def test_the_weeks_add_up_to_what_the_model_expects():
    weeks = known_ahead(customers(1_000), MODEL, 53)
    assert weeks.sum() == pytest.approx(1_000 * MODEL.expected(53, 1, 10, 15), rel=1e-9)
    assert weeks[:8].sum() == pytest.approx(1_000 * MODEL.expected(8, 1, 10, 15), rel=1e-6)
    assert (np.diff(weeks) < 0).all()


def test_newcomers_go_on_as_they_came_and_no_trend_goes_on_for_ever():
    assert newcomers_ahead(np.full(60, 7.0), 53) == pytest.approx(np.full(53, 7.0))
    rising = newcomers_ahead(np.arange(60.0), 500)
    assert rising[0] > 59
    assert rising[-1] < 59 + 1 / (1 - 0.96)
    assert (newcomers_ahead(np.arange(60.0)[::-1], 53) >= 0).all()
    assert newcomers_ahead(np.zeros(0), 3).tolist() == [0, 0, 0]


def test_a_season_is_known_only_when_it_was_seen_twice():
    assert (season_of(steady(100)) == 1).all()
    assert season_of(steady(160)) == pytest.approx(np.ones(WEEKS_OF_YEAR))
    weekly = steady(160)
    december = weekly.week_of_year(0, 160) >= 48
    busy = Weekly(
        ends_on=ENDS_ON, newcomers=weekly.newcomers, visits=weekly.visits * (1 + december),
        orders=weekly.orders, net_minor=weekly.net_minor,
    )  # fmt: skip
    season = season_of(busy)
    assert season[50] > 1.4
    assert season[25] == pytest.approx(0.95, abs=0.06)


def test_intervals_are_as_wide_as_the_past_was_missed():
    weekly, before = steady(80), customers(400, ends_on=date(2025, 9, 28))
    test = backtest(weekly, before, MODEL, weeks=13)
    rows = as_rows(weekly, expect(weekly, customers(400), MODEL), [test])
    assert len(rows["weeks"]) == 53
    months = rows["months"]
    assert [row["on"] for row in months[:3]] == ["2025-12-29", "2026-01-01", "2026-02-01"]
    for row in (*rows["weeks"], *months):
        assert row["orders_low"] <= row["orders"] <= row["orders_high"]
        assert row["net_minor"] == pytest.approx(row["orders"] * 2_000 / 1.2, rel=0.01)
    off = spread_of([test], "orders", 1)
    assert off > 0
    first = rows["weeks"][0]
    assert first["orders_high"] - first["orders"] == pytest.approx(
        1.2816 * off * first["orders"], rel=0.01
    )


def test_forecasts_of_the_past_begin_on_several_days():
    assert origins_of(39) == [39, 26, 13]
    assert origins_of(9) == [9, 6]
    assert origins_of(0) == []


def test_what_several_forecasts_missed_is_told_together():
    weekly = steady(80)
    tests = [
        backtest(weekly, customers(400, ends_on=ENDS_ON - timedelta(weeks=ago)), MODEL, weeks=ago)
        for ago in origins_of(39)
    ]
    told = backtest_rows(tests)
    assert told is not None
    assert [one["weeks"] for one in told["origins"]] == [39, 26, 13]
    assert [one["made_on"] for one in told["origins"]] == ["2025-03-30", "2025-06-29", "2025-09-28"]
    missed = sum(np.abs(t.actual.orders - t.expected.orders).sum() for t in tests)
    assert told["error"]["orders"] == pytest.approx(missed / (120 * (39 + 26 + 13)))
    errors = [one["error"]["orders"] for one in told["origins"]]
    assert min(errors) < told["error"]["orders"] < max(errors)
    assert told["bias"]["orders"] == pytest.approx(
        sum(t.expected.orders.sum() for t in tests) / (120 * (39 + 26 + 13)) - 1
    )
    off = np.concatenate([t.actual.orders / t.expected.orders - 1 for t in tests])
    assert spread_of(tests, "orders", 1) == pytest.approx(np.sqrt((off**2).mean()))
    assert backtest_rows([]) is None


def test_a_shop_without_visits_expects_nothing():
    empty = steady(30, visits=0.0)
    nobody = Distinct(
        x=np.zeros(0, np.int64), first=np.zeros(0, np.int64), last=np.zeros(0, np.int64),
        customers=np.zeros(0), later=np.zeros(0), ends_on=ENDS_ON,
    )  # fmt: skip
    assert expect(empty, nobody, MODEL).orders.sum() == 0
