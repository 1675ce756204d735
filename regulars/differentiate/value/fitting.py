"""Fit a value model to visits, and hold it against what came afterwards."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

import numpy as np
import numpy.typing as npt

from regulars.differentiate.value.likelihood import LOW, Fit, NotEstimable
from regulars.differentiate.value.summary import Array, Summary
from regulars.differentiate.value.visits import WEEKS_A_YEAR, Visits

if TYPE_CHECKING:
    from regulars.differentiate.value.gamma_gamma import GammaGamma

SOME_LEFT = 0.005  # with less of a share of those who came back, leaving was not seen
MANY = 7  # holdout tables end with "7 and more", as in the papers


class Unforeseeable(NotEstimable):
    """What was fitted says nothing finite of a year ahead."""


class Model(StrEnum):
    BG_NBD = "bg-nbd"
    MBG_NBD = "mbg-nbd"
    PARETO_NBD = "pareto-nbd"
    BG_BB = "bg-bb"
    GAMMA_GAMMA = "gamma-gamma"


class Purchases(Protocol):
    """What every model of purchases answers; see beta_geometric and pareto_nbd."""

    def log_likelihood(self, x: npt.ArrayLike, t_x: npt.ArrayLike, t: npt.ArrayLike) -> Array: ...

    def alive(self, x: npt.ArrayLike, t_x: npt.ArrayLike, t: npt.ArrayLike) -> Array: ...

    def expected(
        self, horizon: npt.ArrayLike, x: npt.ArrayLike, t_x: npt.ArrayLike, t: npt.ArrayLike
    ) -> Array: ...

    def expected_of_new(self, horizon: npt.ArrayLike) -> Array: ...


class Continuous(Purchases, Protocol):
    """A model of purchases in time: everybody has a rate from Gamma(r, alpha) and may leave."""

    @property
    def r(self) -> float: ...

    @property
    def alpha(self) -> float: ...

    def while_there(self, horizon: npt.ArrayLike, x: npt.ArrayLike, t: npt.ArrayLike) -> Array: ...


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
    _refuse_nobody(summary)
    from regulars.differentiate.value import bg_bb

    fitted = bg_bb.fit(summary)
    refuse_undetermined(fitted[0], fitted[1], summary)
    return fitted


def fit_in_time(summary: Summary, model: Model) -> tuple[Continuous, Fit]:
    """Fit BG/NBD, MBG/NBD or Pareto/NBD to distinct histories. Raises NotEstimable."""
    _refuse_nobody(summary)
    from regulars.differentiate.value import beta_geometric, pareto_nbd  # they load much

    fitted: tuple[Continuous, Fit]
    if model is Model.PARETO_NBD:
        fitted = pareto_nbd.fit(summary)
    else:
        fitted = beta_geometric.fit(summary, modified=model is Model.MBG_NBD)
    refuse_undetermined(fitted[0], fitted[1], summary)
    _refuse_unforeseeable(fitted[0], summary)
    return fitted


def _refuse_unforeseeable(purchases: Continuous, summary: Summary) -> None:
    """Ask for a year ahead at the corners; a spread run to its end may overflow there."""
    x, t = np.meshgrid([0.0, summary.x.max()], [summary.t.min(), summary.t.max()])
    with np.errstate(invalid="ignore"):
        foreseen = purchases.while_there(WEEKS_A_YEAR, x.ravel(), t.ravel())
    if not np.isfinite(foreseen).all():
        raise Unforeseeable("Not estimable yet: what was fitted to so few days foresees nothing.")


def _refuse_nobody(summary: Summary) -> None:
    if not (summary.x > 0).any():
        raise NotEstimable("Nobody came back yet: there is nothing to estimate from.")


def refuse_undetermined(purchases: Purchases, fit: Fit, summary: Summary) -> None:
    """Raise NotEstimable where the facts do not tell how customers buy, or that anybody left.

    A spread that runs to the upper end says that customers are alike in this, which is no harm.
    """
    vanished = [name for name, value in fit.by_name.items() if value <= 1.01 * LOW]
    came_back = summary.x > 0
    alive = purchases.alive(summary.x, summary.t_x, summary.t)[came_back]
    left = 1 - np.average(alive, weights=summary.customers[came_back])
    if vanished or not left >= SOME_LEFT:
        names = ", ".join(fit.at_bound) or ", ".join(fit.names[2:])
        raise NotEstimable(
            f"Not estimable yet: the visits do not determine {names}. "
            "That is usual while a shop is young and nobody has had time to leave."
        )


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
