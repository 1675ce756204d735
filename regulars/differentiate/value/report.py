"""What the pages tell of a valuation, small enough to be kept with it."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict
from datetime import timedelta
from typing import Any

import numpy as np

from regulars.differentiate.value.appraisal import Appraisal
from regulars.differentiate.value.candidates import Candidate
from regulars.differentiate.value.fitting import fit_in_time
from regulars.differentiate.value.forecast import Backtest, backtest, expect, origins_of
from regulars.differentiate.value.forecast_rows import as_rows, backtest_rows, past_rows
from regulars.differentiate.value.histories import distinct_at
from regulars.differentiate.value.likelihood import NotEstimable
from regulars.differentiate.value.parameters import in_words
from regulars.differentiate.value.profit import Margin
from regulars.differentiate.value.purchases import Continuous
from regulars.differentiate.value.spending import as_dict
from regulars.differentiate.value.tracking import expected_repeats
from regulars.differentiate.value.weekly import SEASON_FROM, Weekly


def report_of(found: Appraisal, margin: Margin, weekly: Weekly) -> dict[str, Any]:
    """Tell what was found of everybody together, and what the weeks to come will bring."""
    chosen = found.choice.chosen
    return {
        "begins_on": found.begins_on.isoformat(),
        "customers": int(found.now.customers.sum()),
        "repeaters": int(found.now.repeaters),
        "holdout": {
            "weeks": found.holdout_weeks,
            "rows": [asdict(row) for row in chosen.rows] if chosen else [],
        },
        "tracking": _tracking(found, chosen.earlier if chosen else None),
        "in_words": in_words(chosen.purchases).as_dict() if chosen and chosen.purchases else None,
        "spending": _spending(found),
        "outlook": asdict(found.outlook),
        "goods_share": margin.goods_share,
        "forecast": _forecast(found, weekly),
    }


def _forecast(found: Appraisal, weekly: Weekly) -> dict[str, Any] | None:
    chosen = found.choice.chosen
    if chosen is None or chosen.purchases is None:
        return None
    told = expect(weekly, found.now, chosen.purchases)
    tests = list(_backtests(found, chosen, weekly))
    return {
        **as_rows(weekly, told, tests),
        "past": past_rows(weekly),
        "backtest": backtest_rows(tests),
        "season": len(weekly) >= SEASON_FROM,
    }


def _backtests(found: Appraisal, chosen: Candidate, weekly: Weekly) -> Iterator[Backtest]:
    """Make the forecast again from each origin on, fitted to what was known there."""
    if chosen.earlier is None:
        return
    for weeks in origins_of(found.holdout_weeks):
        cutoff = weekly.ends_on - timedelta(weeks=weeks)
        if weeks == found.holdout_weeks:
            yield backtest(weekly, found.before, chosen.earlier, weeks=weeks)
            continue
        before = distinct_at(found.days, cutoff=cutoff)
        with suppress(NotEstimable):
            then = fit_in_time(before.summary, chosen.model)[0]
            yield backtest(weekly, before, then, weeks=weeks)


def _tracking(found: Appraisal, earlier: Continuous | None) -> dict[str, Any]:
    """Repeat visits so far at the end of each week, and as expected before the holdout."""
    actual = np.cumsum(found.attendance.repeats)
    expected = expected_repeats(earlier, found.attendance.newcomers) if earlier else None
    return {
        "actual": [int(number) for number in actual],
        "expected": [] if expected is None else [round(float(e), 1) for e in expected],
        "known_weeks": found.attendance.weeks - found.holdout_weeks,
    }


def _spending(found: Appraisal) -> dict[str, Any]:
    spending = found.spending
    return {
        "everybody": as_dict(spending.everybody),
        "usual": as_dict(spending.usual) if spending.outliers else None,
        "outlier_from_minor": spending.outlier_from,
        "repeaters": spending.repeaters,
        "outliers": spending.outliers,
        "outlier_share": spending.outlier_share,
        "pearson": spending.pearson,
        "spearman": spending.spearman,
    }
