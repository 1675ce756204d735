"""Gamma-Gamma: what a customer spends at a visit, around a mean of their own.

Fader & Hardie 2013, The Gamma-Gamma Model of Monetary Value. Parameters p, q, v. Independent of
how often the customer comes: look at the correlation before you trust it.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import digamma, gammaln, polygamma

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
    spent = Spent(x[usable], value[usable] / scale)
    found = maximize(
        spent.sloped,
        names=NAMES,
        starts=STARTS,
        customers=float(usable.sum()),
        rehearsal=_rehearsal(spent),
        curved=spent.curved,
    )
    found = found.in_unit(scale, of=("v",), seen=float(usable.sum()))
    return GammaGamma(*found.parameters.tolist()), found


def _rehearsal(spent: "Spent") -> LogLikelihood | None:
    """Return the same of some customers, weighing as much as all; None when these are few."""
    x, value = spent.x, spent.value
    if len(x) <= 2 * SAMPLE:
        return None
    some = np.random.default_rng(0).integers(0, len(x), SAMPLE)
    sample, weight = Spent(x[some], value[some]).sloped, len(x) / SAMPLE

    def value_and_gradient(parameters: Array) -> tuple[float, Array]:
        found, gradient = sample(parameters)
        return weight * found, weight * gradient

    return value_and_gradient


class Spent:
    """The likelihood of what customers spent: only v meets each of them, p and q their visits."""

    def __init__(self, x: Array, value: Array) -> None:
        self.x, self.value, self.total = x, value, x * value
        counts = np.bincount(x.astype(np.int64))
        self.visits = np.flatnonzero(counts).astype(np.float64)
        self.customers = counts[counts > 0].astype(np.float64)
        self.visits_log_total = float(x @ np.log(self.total))
        self.log_values = float(np.log(value).sum())

    def sloped(self, parameters: Array) -> tuple[float, Array]:
        """Return the log-likelihood and its gradient."""
        p, q, v = parameters
        spent = v + self.total
        log_spent = np.log(spent)
        visits_log_spent, all_log_spent = float(self.x @ log_spent), float(log_spent.sum())
        px = p * self.visits
        constant = gammaln(px + q) - gammaln(px) - gammaln(q) + q * np.log(v)
        repeated = self.visits_log_total - visits_log_spent
        found = self.customers @ constant + p * repeated - self.log_values - q * all_log_spent
        both, own, inverse = digamma(px + q), digamma(px), 1 / spent
        gradient = [
            self.customers @ (self.visits * (both - own)) + repeated,
            self.customers @ (both - digamma(q) + np.log(v)) - all_log_spent,
            q * len(self.x) / v - p * float(self.x @ inverse) - q * float(inverse.sum()),
        ]
        return float(found), np.array(gradient)

    def curved(self, parameters: Array) -> tuple[float, Array, Array]:
        """Return the log-likelihood, its gradient and its second derivatives."""
        p, q, v = parameters
        inverse = 1 / (v + self.total)
        squared = inverse * inverse
        people = len(self.x)
        px = p * self.visits
        both, own = polygamma(1, px + q), polygamma(1, px)
        pp = self.customers @ (self.visits**2 * (both - own))
        pq = self.customers @ (self.visits * both)
        qq = self.customers @ both - people * polygamma(1, q)
        pv, qv = -float(self.x @ inverse), people / v - float(inverse.sum())
        vv = p * float(self.x @ squared) + q * float(squared.sum()) - q * people / v**2
        return *self.sloped(parameters), np.array([[pp, pq, pv], [pq, qq, qv], [pv, qv, vv]])
