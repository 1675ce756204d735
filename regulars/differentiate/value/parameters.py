"""What the parameters of a model say, in days and shares."""

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from regulars.differentiate.value.beta_geometric import BetaGeometric
from regulars.differentiate.value.pareto_nbd import ParetoNBD
from regulars.differentiate.value.prospects import LONGEST
from regulars.differentiate.value.purchases import Continuous
from regulars.differentiate.value.summary import DAYS_A_WEEK, WEEKS_A_YEAR


@dataclass(frozen=True, slots=True, kw_only=True)
class InWords:
    """What a model says of somebody who comes for the first time.

    ``half_back_days`` until half have come again, None when they never do; ``back_within_year``
    and ``visits_within_year`` of a new customer; ``every_days`` between the visits of the average
    customer while there. ``leave_after_visit`` is the share that leaves after a visit, and
    ``half_left_days`` until half have left, by the model's own way of leaving.
    """

    half_back_days: int | None
    back_within_year: float
    visits_within_year: float
    every_days: float
    leave_after_visit: float | None = None
    half_left_days: int | None = None

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def in_words(model: Continuous) -> InWords:
    """Say what the parameters mean."""
    return InWords(
        half_back_days=_half_back(model),
        back_within_year=1 - _nothing_within(model, WEEKS_A_YEAR),
        visits_within_year=float(model.expected_of_new(WEEKS_A_YEAR)),
        every_days=DAYS_A_WEEK * model.alpha / model.r,
        leave_after_visit=_leaving(model),
        half_left_days=_half_left(model),
    )


def _leaving(model: Continuous) -> float | None:
    return model.a / (model.a + model.b) if isinstance(model, BetaGeometric) else None


def _half_left(model: Continuous) -> int | None:
    if not isinstance(model, ParetoNBD):
        return None
    weeks = model.beta * (2 ** (1 / model.s) - 1)
    return round(DAYS_A_WEEK * weeks) if weeks < LONGEST else None


def _nothing_within(model: Continuous, weeks: float) -> float:
    """Return the share of newcomers who have not come again after so many weeks."""
    return float(np.exp(model.log_likelihood(0.0, 0.0, weeks)))


def _half_back(model: Continuous) -> int | None:
    days = np.arange(1, int(LONGEST) * DAYS_A_WEEK)
    back = np.exp(model.log_likelihood(0.0, 0.0, days / DAYS_A_WEEK)) <= 0.5
    return int(days[back.argmax()]) if back.any() else None
