"""The front door of value: what customers are likely to do, and what they are worth."""

from regulars.differentiate.value.fitting import (
    HoldoutRow,
    Model,
    fit_purchases,
    fit_spending,
    holdout,
)
from regulars.differentiate.value.likelihood import Fit, NotEstimable
from regulars.differentiate.value.visits import (
    OCCASIONS,
    Columns,
    UnusableFile,
    Visits,
    read_visits,
)

__all__ = [
    "OCCASIONS",
    "Columns",
    "Fit",
    "HoldoutRow",
    "Model",
    "NotEstimable",
    "UnusableFile",
    "Visits",
    "fit_purchases",
    "fit_spending",
    "holdout",
    "read_visits",
]
