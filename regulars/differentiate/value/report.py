"""What the pages tell of a valuation, small enough to be kept with it."""

from dataclasses import asdict
from typing import Any

import numpy as np

from regulars.differentiate.value.appraisal import Appraisal
from regulars.differentiate.value.fitting import Continuous
from regulars.differentiate.value.parameters import in_words
from regulars.differentiate.value.profit import Margin
from regulars.differentiate.value.spending import as_dict
from regulars.differentiate.value.tracking import expected_repeats


def report_of(found: Appraisal, margin: Margin) -> dict[str, Any]:
    """Tell what was found of everybody together."""
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
    }


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
