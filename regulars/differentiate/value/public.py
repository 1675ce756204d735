"""The front door of value: what customers are likely to do, and what they are worth."""

from regulars.differentiate.metrics.public import VALUES
from regulars.differentiate.value.estimable import in_which_all_are_alike
from regulars.differentiate.value.fitting import (
    HoldoutRow,
    Model,
    fit_purchases,
    fit_spending,
    holdout,
)
from regulars.differentiate.value.likelihood import Fit, NotEstimable
from regulars.differentiate.value.models import Valuation
from regulars.differentiate.value.purchase_file import UnusableFile
from regulars.differentiate.value.states import AT_RISK, STATES
from regulars.differentiate.value.valuation import value_customers
from regulars.differentiate.value.visits import (
    OCCASIONS,
    Columns,
    Visits,
    read_visits,
)
from regulars.differentiate.value.worth import latest_valuation, worth_of

__all__ = [
    "AT_RISK",
    "OCCASIONS",
    "STATES",
    "VALUES",
    "Columns",
    "Fit",
    "HoldoutRow",
    "Model",
    "NotEstimable",
    "UnusableFile",
    "Valuation",
    "Visits",
    "fit_purchases",
    "fit_spending",
    "holdout",
    "in_which_all_are_alike",
    "latest_valuation",
    "read_visits",
    "value_customers",
    "worth_of",
]
