"""Write a forecast for keeping: by week and by calendar month, with intervals."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import numpy as np

from regulars.differentiate.value.forecast import MEASURES, Backtest, Expected
from regulars.differentiate.value.visits import DAYS_A_WEEK
from regulars.differentiate.value.weekly import Weekly

EIGHTY = 1.2816  # standard deviations on either side that hold four in five
PAST_SHOWN = 52


def as_rows(weekly: Weekly, told: Expected, test: Backtest | None) -> dict[str, Any]:
    """Write a forecast by week and by month, with the interval that holds four in five.

    Intervals are as wide as the backtest missed; without one there are none.
    """
    begins_on = weekly.ends_on + timedelta(days=1)
    starts = [begins_on + timedelta(weeks=n) for n in range(len(told.visits))]
    spread = test.weekly_spread if test else None
    weeks = [
        {"on": day.isoformat(), **_row(told, {n: 1.0}, spread)} for n, day in enumerate(starts)
    ]
    return {"weeks": weeks, "months": list(_months(starts, told, test))}


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


def backtest_rows(test: Backtest) -> dict[str, Any]:
    """Write what was foretold of the time held out, and what came."""
    weeks = len(test.expected.visits)
    return {
        "made_on": test.made_on.isoformat(),
        "weeks": weeks,
        "error": {name: test.error(name) for name in MEASURES},
        "bias": {name: test.bias(name) for name in MEASURES},
        "came": {name: [float(v) for v in getattr(test.actual, name)] for name in MEASURES},
        "told": {
            name: [round(float(v), 1) for v in getattr(test.expected, name)] for name in MEASURES
        },
    }


def _months(starts: list[date], told: Expected, test: Backtest | None) -> Iterator[dict[str, Any]]:
    """Share each week out to the calendar months of its days; the last, cut one is left out."""
    shares: dict[date, dict[int, float]] = {}
    for n, start in enumerate(starts):
        for after in range(DAYS_A_WEEK):
            month = (start + timedelta(days=after)).replace(day=1)
            weeks = shares.setdefault(month, {})
            weeks[n] = weeks.get(n, 0.0) + 1 / DAYS_A_WEEK
    spread = test.monthly_spread if test else None
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
            off = EIGHTY * spread[name] * abs(mean)
            row[f"{name}_low"] = round(max(mean - off, 0.0), 1)
            row[f"{name}_high"] = round(mean + off, 1)
    return row
