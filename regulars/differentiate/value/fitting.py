"""Fit a value model to visits, and hold it against what came afterwards."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from regulars.differentiate.value.estimable import (
    refuse_too_little,
    refuse_undetermined,
    refuse_unforeseeable,
)
from regulars.differentiate.value.likelihood import Fit
from regulars.differentiate.value.purchases import Continuous, Purchases
from regulars.differentiate.value.summary import Summary
from regulars.differentiate.value.visits import Visits

if TYPE_CHECKING:
    from regulars.differentiate.value.gamma_gamma import GammaGamma

MANY = 7  # holdout tables end with "7 and more", as in the papers


class Model(StrEnum):
    BG_NBD = "bg-nbd"
    MBG_NBD = "mbg-nbd"
    PARETO_NBD = "pareto-nbd"
    BG_BB = "bg-bb"
    GAMMA_GAMMA = "gamma-gamma"


@dataclass(frozen=True, slots=True)
class HoldoutRow:
    """Customers with ``repeats`` repeat visits in calibration, and their mean visits afterwards."""

    repeats: str
    customers: int
    actual: float
    expected: float


def fit_purchases(visits: Visits, model: Model) -> tuple[Purchases, Fit]:
    """Fit a model of purchases by maximum likelihood.

    Raises NotEstimable when the visits do not determine it, as when nobody has had time to leave.
    """
    return fit_summary(Summary.of(visits.x, visits.t_x, visits.t), model)


def fit_summary(summary: Summary, model: Model) -> tuple[Purchases, Fit]:
    """Fit a model of purchases to distinct histories. Raises NotEstimable."""
    if model is not Model.BG_BB:
        return fit_in_time(summary, model)
    refuse_too_little(summary)
    from regulars.differentiate.value import bg_bb

    fitted = bg_bb.fit(summary)
    refuse_undetermined(fitted[0], fitted[1], summary)
    return fitted


def fit_in_time(summary: Summary, model: Model) -> tuple[Continuous, Fit]:
    """Fit BG/NBD, MBG/NBD or Pareto/NBD to distinct histories. Raises NotEstimable."""
    refuse_too_little(summary)
    from regulars.differentiate.value import beta_geometric, pareto_nbd  # they load much

    fitted: tuple[Continuous, Fit]
    if model is Model.PARETO_NBD:
        fitted = pareto_nbd.fit(summary)
    else:
        fitted = beta_geometric.fit(summary, modified=model is Model.MBG_NBD)
    refuse_undetermined(fitted[0], fitted[1], summary)
    refuse_unforeseeable(fitted[0], summary)
    return fitted


def fit_spending(visits: Visits) -> "tuple[GammaGamma, Fit]":
    """Fit Gamma-Gamma on the repeat visits. Raises NotEstimable."""
    from regulars.differentiate.value import gamma_gamma

    return gamma_gamma.fit(visits.x, visits.value)


def holdout(visits: Visits, purchases: Purchases) -> list[HoldoutRow]:
    """Compare what the model expected of the holdout with what happened, by frequency."""
    if not visits.holdout:
        return []
    expected = purchases.expected(visits.holdout, visits.x, visits.t_x, visits.t)
    group = np.minimum(visits.x, MANY).astype(np.int64)
    customers = np.bincount(group, minlength=MANY + 1)
    actual, predicted = (np.bincount(group, w, MANY + 1) for w in (visits.later, expected))
    return [
        HoldoutRow(
            repeats=f"{i}+" if i == MANY else str(i),
            customers=int(customers[i]),
            actual=float(actual[i] / customers[i]),
            expected=float(predicted[i] / customers[i]),
        )
        for i in range(MANY + 1)
        if customers[i]
    ]
