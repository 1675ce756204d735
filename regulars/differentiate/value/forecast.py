"""Expect orders and revenue of the weeks to come: from the customers there are, and newcomers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from regulars.differentiate.value.histories import Distinct
from regulars.differentiate.value.prospects import pairs_of
from regulars.differentiate.value.purchases import Continuous
from regulars.differentiate.value.summary import Array
from regulars.differentiate.value.weekly import Weekly, doubt_of, season_of

WEEKS_AHEAD = 53
KNOTS = (0, 1, 2, 4, 8, 13, 20, 29, 40, 53)  # weeks; what lies between is drawn smoothly
TREND_FROM, TREND_WEEKS = 8, 52
DAMPED = 0.96  # a week: no trend goes on for ever
RECENT = 26  # weeks that say how many orders, and how much money, go with a visit
A_MONTH = 4  # weeks
NOTHING = 1e-9
MEASURES = ("orders", "net_minor")


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What is expected of each week ahead. Arrays of shape (weeks,).

    ``doubt`` is how far the season may be off, as a share of what is expected.
    """

    visits: Array
    newcomers: Array
    orders: Array
    net_minor: Array
    doubt: Array


@dataclass(frozen=True, slots=True, kw_only=True)
class Backtest:
    """A forecast made at an earlier day, and what came."""

    made_on: date
    expected: Expected
    actual: Weekly

    def misses(self, name: str) -> tuple[float, float, float]:
        """Return the weekly misses added up, by how much all was too high, and what came."""
        came, told = getattr(self.actual, name), getattr(self.expected, name)
        return float(np.abs(came - told).sum()), float((told - came).sum()), float(came.sum())

    def deviations(self, name: str, length: int) -> Array:
        """Return by how much blocks of so many weeks came otherwise, as shares of what was told."""
        came, told = getattr(self.actual, name), getattr(self.expected, name)
        whole = len(came) // length * length
        seen, meant = (one[:whole].reshape(-1, length).sum(axis=1) for one in (came, told))
        some = np.abs(meant) > NOTHING
        result: Array = (seen - meant)[some] / meant[some]
        return result


def error_of(tests: Sequence[Backtest], name: str) -> float:
    """Return the weekly misses of forecasts added up, as a share of what came."""
    missed, _bias, came = np.sum([test.misses(name) for test in tests], axis=0)
    return float(missed / max(abs(came), 1.0))


def bias_of(tests: Sequence[Backtest], name: str) -> float:
    """Return by how much forecasts were too high over their whole time, as a share of what came."""
    _missed, bias, came = np.sum([test.misses(name) for test in tests], axis=0)
    return float(bias / max(abs(came), 1.0))


def spread_of(tests: Sequence[Backtest], name: str, length: int) -> float:
    """Return the typical relative deviation of blocks of so many weeks, bias included."""
    seen = np.concatenate([test.deviations(name, length) for test in tests])
    return float(np.sqrt((seen**2).mean())) if len(seen) else 1.0


def origins_of(weeks: int) -> list[int]:
    """Return how many weeks ago forecasts are made of a time held out: when it began, a third of
    it later, two thirds later; none so late that less than a month is left.
    """
    return [ago for n in (3, 2, 1) if (ago := weeks * n // 3) >= A_MONTH]


def expect(
    weekly: Weekly, known: Distinct, purchases: Continuous, *, weeks: int = WEEKS_AHEAD
) -> Expected:
    """Expect the weeks after ``weekly`` ends, of customers whose histories end then, too."""
    season = season_of(weekly)
    now, ahead = weekly.week_of_year(0, len(weekly)), weekly.week_of_year(len(weekly), weeks)
    newcomers = newcomers_ahead(weekly.newcomers / season[now], weeks)
    ages = np.arange(weeks + 1) + 0.5
    by_age = np.diff(np.concatenate([[0.0], purchases.expected_of_new(ages)]))[:weeks]
    again = np.convolve(newcomers, by_age)[:weeks]
    visits = (known_ahead(known, purchases, weeks) + newcomers + again) * season[ahead]
    return Expected(
        visits=visits,
        newcomers=newcomers * season[ahead],
        orders=visits * _per_visit(weekly, weekly.orders),
        net_minor=visits * _per_visit(weekly, weekly.net_minor),
        doubt=doubt_of(season)[ahead],
    )


def known_ahead(known: Distinct, purchases: Continuous, weeks: int) -> Array:
    """Return the visits expected of the customers there are, by week."""
    from scipy.interpolate import PchipInterpolator  # it loads much

    s = known.summary
    pairs, of_pair = pairs_of(known.x, known.first)
    there = np.bincount(of_pair, s.customers * purchases.alive(s.x, s.t_x, s.t))
    x, t = s.x[pairs], s.t[pairs]
    so_far = [0.0, *(float(there @ purchases.while_there(knot, x, t)) for knot in KNOTS[1:])]
    cumulative = PchipInterpolator(KNOTS, so_far)(np.arange(weeks + 1))
    result: Array = np.diff(cumulative)
    return result


def newcomers_ahead(seen: Array, weeks: int) -> Array:
    """Carry the newcomers of the weeks on, by a straight line of the last year that flattens."""
    late = seen[-TREND_WEEKS:]
    if len(late) < TREND_FROM:
        return np.full(weeks, late.mean() if len(late) else 0.0)
    at = np.arange(len(late)) - (len(late) - 1)
    slope, level = np.polyfit(at, late, 1)
    steps = np.cumsum(DAMPED ** np.arange(1, weeks + 1))
    result: Array = np.maximum(level + slope * steps, 0.0)
    return result


def backtest(weekly: Weekly, before: Distinct, earlier: Continuous, *, weeks: int) -> Backtest:
    """Make the forecast of so many weeks ago with what was known then, and hold it against them."""
    past = weekly.until(weeks)
    told = expect(past, before, earlier, weeks=weeks)
    late = slice(len(weekly) - weeks, None)
    actual = Weekly(
        ends_on=weekly.ends_on, newcomers=weekly.newcomers[late], visits=weekly.visits[late],
        orders=weekly.orders[late], net_minor=weekly.net_minor[late],
    )  # fmt: skip
    return Backtest(
        made_on=past.ends_on,
        expected=told,
        actual=actual,
    )


def _per_visit(weekly: Weekly, measure: Array) -> float:
    visits = float(weekly.visits[-RECENT:].sum())
    return float(measure[-RECENT:].sum()) / visits if visits else 0.0
