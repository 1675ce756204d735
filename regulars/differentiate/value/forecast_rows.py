"""Write a forecast for keeping: by week and by calendar month, with intervals."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np

from regulars.differentiate.value.forecast import (
    A_MONTH,
    MEASURES,
    Backtest,
    Expected,
    bias_of,
    error_of,
    spread_of,
)
from regulars.differentiate.value.summary import DAYS_A_WEEK
from regulars.differentiate.value.weekly import Weekly

EIGHTY = 1.2816  # standard deviations on either side that hold four in five
PAST_SHOWN = 52


def as_rows(weekly: Weekly, told: Expected, tests: Sequence[Backtest]) -> dict[str, Any]:
    """Write a forecast by week and by month, with the interval that holds four in five.

    Intervals are as wide as the backtests missed, and wider in weeks whose season is in doubt, for
    these may not have been among those foretold; without any there are none.
    """
    begins_on = weekly.ends_on + timedelta(days=1)
    starts = [begins_on + timedelta(weeks=n) for n in range(len(told.visits))]
    spread = _spread(tests, 1)
    weeks = [
        {"on": day.isoformat(), **_row(told, {n: 1.0}, spread)} for n, day in enumerate(starts)
    ]
    return {"weeks": weeks, "months": list(_months(starts, told, _spread(tests, A_MONTH)))}


def past_rows(weekly: Weekly) -> list[dict[str, Any]]:
    """Write the last year as it was."""
    first = max(len(weekly) - PAST_SHOWN, 0)
    return [
        {
            "on": (weekly.ends_on - timedelta(weeks=len(weekly) - n) + timedelta(1)).isoformat(),
            "orders": float(weekly.orders[n]),
            "net_minor": float(weekly.net_minor[n]),
        }
        for n in range(first, len(weekly))
    ]


def backtest_rows(tests: Sequence[Backtest]) -> dict[str, Any] | None:
    """Write what was foretold of the time held out, from each day on, and what came."""
    if not tests:
        return None
    first = tests[0]
    return {
        "made_on": first.made_on.isoformat(),
        "weeks": len(first.expected.visits),
        "error": {name: error_of(tests, name) for name in MEASURES},
        "bias": {name: bias_of(tests, name) for name in MEASURES},
        "came": {name: [float(v) for v in getattr(first.actual, name)] for name in MEASURES},
        "origins": [_origin(test) for test in tests],
    }


def _origin(test: Backtest) -> dict[str, Any]:
    told = {name: getattr(test.expected, name) for name in MEASURES}
    return {
        "made_on": test.made_on.isoformat(),
        "weeks": len(test.expected.visits),
        "error": {name: error_of([test], name) for name in MEASURES},
        "bias": {name: bias_of([test], name) for name in MEASURES},
        "told": {name: [round(float(v), 1) for v in told[name]] for name in MEASURES},
    }


def _spread(tests: Sequence[Backtest], length: int) -> dict[str, float] | None:
    return {name: spread_of(tests, name, length) for name in MEASURES} if tests else None


def _months(
    starts: list[date], told: Expected, spread: dict[str, float] | None
) -> Iterator[dict[str, Any]]:
    """Share each week out to the calendar months of its days; the last, cut one is left out."""
    shares: dict[date, dict[int, float]] = {}
    for n, start in enumerate(starts):
        for after in range(DAYS_A_WEEK):
            month = (start + timedelta(days=after)).replace(day=1)
            weeks = shares.setdefault(month, {})
            weeks[n] = weeks.get(n, 0.0) + 1 / DAYS_A_WEEK
    for month, weeks in list(shares.items())[:-1]:
        yield {"on": max(month, starts[0]).isoformat(), **_row(told, weeks, spread)}


def _row(
    told: Expected, weeks: dict[int, float], spread: dict[str, float] | None
) -> dict[str, Any]:
    row: dict[str, Any] = {}
    places, shares = list(weeks), np.array(list(weeks.values()))
    for name in MEASURES:
        mean = float(getattr(told, name)[places] @ shares)
        row[name] = round(mean, 1)
        if spread is not None:
            doubt = float(told.doubt[places] @ shares / shares.sum())
            off = EIGHTY * np.hypot(spread[name], doubt) * abs(mean)
            row[f"{name}_low"] = round(max(mean - off, 0.0), 1)
            row[f"{name}_high"] = round(mean + off, 1)
    return row
