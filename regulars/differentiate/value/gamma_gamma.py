"""Gamma-Gamma: what a customer spends at a visit, around a mean of their own.

Fader & Hardie 2013, The Gamma-Gamma Model of Monetary Value. Parameters p, q, v. Independent of
how often the customer comes: look at the correlation before you trust it.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import digamma, gammaln

from regulars.differentiate.value.likelihood import Fit, LogLikelihood, NotEstimable, maximize
from regulars.differentiate.value.summary import SAMPLE, Array

NAMES = ("p", "q", "v")
STARTS = ((1.0, 2.0, 1.0), (5.0, 3.0, 10.0))


@dataclass(frozen=True, slots=True)
class GammaGamma:
    """A fitted or given model; money in the unit of the values it was fitted on."""

    p: float
    q: float
    v: float

    @property
    def parameters(self) -> Array:
        return np.array([self.p, self.q, self.v])

    @property
    def mean(self) -> float:
        """Mean spend at a visit over all customers. Raises NotEstimable when there is none."""
        if self.q <= 1:
            raise NotEstimable("Spending varies so much between customers that it has no mean.")
        return self.p * self.v / (self.q - 1)

    def expected(self, x: npt.ArrayLike, value: npt.ArrayLike) -> Array:
        """Expected spend at a visit, given ``x`` repeat visits of mean ``value`` (eq. 5)."""
        x, value = np.asarray(x, dtype=np.float64), np.asarray(value, dtype=np.float64)
        own = self.p * x
        prior = self.q - 1
        result: Array = (prior * self.mean + own * np.where(x > 0, value, 0.0)) / (prior + own)
        return result


def fit(x: npt.ArrayLike, value: npt.ArrayLike) -> tuple[GammaGamma, Fit]:
    """Fit on repeat visits ``x`` and their mean ``value``, where there are any (eq. 1a).

    Raises NotEstimable when fewer than three customers are left.
    """
    x, value = np.asarray(x, dtype=np.float64), np.asarray(value, dtype=np.float64)
    usable = (x > 0) & (value > 0)
    if usable.sum() < len(NAMES):
        raise NotEstimable("Too few customers came back to estimate what they spend.")
    scale = float(np.exp(np.log(value[usable]).mean()))
    x, value = x[usable], value[usable] / scale
    found = maximize(
        _objective(x, value),
        names=NAMES,
        starts=STARTS,
        customers=float(len(x)),
        rehearsal=_rehearsal(x, value),
    )
    found = found.in_unit(scale, of=("v",), seen=float(usable.sum()))
    return GammaGamma(*found.parameters.tolist()), found


def _rehearsal(x: Array, value: Array) -> LogLikelihood | None:
    """Return the same of some customers, weighing as much as all; None when these are few."""
    if len(x) <= 2 * SAMPLE:
        return None
    some = np.random.default_rng(0).integers(0, len(x), SAMPLE)
    sample, weight = _objective(x[some], value[some]), len(x) / SAMPLE

    def value_and_gradient(parameters: Array) -> tuple[float, Array]:
        found, gradient = sample(parameters)
        return weight * found, weight * gradient

    return value_and_gradient


def _objective(x: Array, value: Array) -> LogLikelihood:
    visits, customers = np.unique(x, return_counts=True)
    total = x * value
    visits_log_total, log_values = float(x @ np.log(total)), float(np.log(value).sum())

    def value_and_gradient(parameters: Array) -> tuple[float, Array]:
        p, q, v = parameters
        px, spent = p * visits, v + total
        log_spent = np.log(spent)
        visits_log_spent, all_log_spent = float(x @ log_spent), float(log_spent.sum())
        constant = gammaln(px + q) - gammaln(px) - gammaln(q) + q * np.log(v)
        found = (
            customers @ constant
            + p * (visits_log_total - visits_log_spent)
            - log_values
            - q * all_log_spent
        )
        both, own, inverse = digamma(px + q), digamma(px), 1 / spent
        gradient = [
            customers @ (visits * (both - own)) + visits_log_total - visits_log_spent,
            customers @ (both - digamma(q) + np.log(v)) - all_log_spent,
            q * len(x) / v - p * float(x @ inverse) - q * float(inverse.sum()),
        ]
        return float(found), np.array(gradient)

    return value_and_gradient
