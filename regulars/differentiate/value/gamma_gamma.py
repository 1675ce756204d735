"""Gamma-Gamma: what a customer spends at a visit, around a mean of their own.

Fader & Hardie 2013, The Gamma-Gamma Model of Monetary Value. Parameters p, q, v. Independent of
how often the customer comes: look at the correlation before you trust it.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import digamma, gammaln

from regulars.differentiate.value.likelihood import Fit, NotEstimable, maximize
from regulars.differentiate.value.summary import Array

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
    found = maximize(_objective(x[usable], value[usable] / scale), names=NAMES, starts=STARTS)
    found = _in_money(found, scale, float(usable.sum()))
    return GammaGamma(*found.parameters.tolist()), found


def _in_money(found: Fit, scale: float, customers: float) -> Fit:
    unit = np.array([1.0, 1.0, scale])
    return Fit(
        names=found.names,
        parameters=found.parameters * unit,
        log_likelihood=found.log_likelihood - customers * np.log(scale),
        standard_errors=found.standard_errors * unit,
        at_bound=found.at_bound,
    )


def _objective(x: Array, value: Array) -> Callable[[Array], tuple[float, Array]]:
    visits, customers = np.unique(x, return_counts=True)
    total = x * value
    log_total, log_value = np.log(total), np.log(value).sum()

    def value_and_gradient(parameters: Array) -> tuple[float, Array]:
        p, q, v = parameters
        px, all_spent = p * visits, np.log(v + total)
        constant = gammaln(px + q) - gammaln(px) - gammaln(q) + q * np.log(v)
        value_of = customers @ constant + float(
            (p * x) @ log_total - log_value - ((p * x) + q) @ all_spent
        )
        both, own = digamma(px + q), digamma(px)
        in_v = q * len(x) / v - ((p * x + q) / (v + total)).sum()
        gradient = np.array(
            [
                customers @ (visits * (both - own)) + x @ (log_total - all_spent),
                customers @ (both - digamma(q) + np.log(v)) - all_spent.sum(),
                in_v,
            ]
        )
        return float(value_of), gradient

    return value_and_gradient
