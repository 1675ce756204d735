"""Pareto/NBD: buying at a steady rate for a lifetime that ends unseen.

Schmittlein, Morrison & Colombo 1987, Counting Your Customers, Management Science 33(1); equation
numbers are those of Fader & Hardie 2005, A Note on Deriving the Pareto/NBD Model.

Parameters r, alpha (gamma of the purchase rate) and s, beta (gamma of the rate of leaving), weeks.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import digamma, expit, gammaln

from regulars.differentiate.value.likelihood import Fit, maximize
from regulars.differentiate.value.summary import Array, Summary, on_distinct

NAMES = ("r", "alpha", "s", "beta")
STARTS = ((0.5, 10.0, 0.5, 10.0),)
NODES, WEIGHTS = np.polynomial.legendre.leggauss(12)
NEAR_ONE = 1e-7


@dataclass(frozen=True, slots=True)
class ParetoNBD:
    """A fitted or given model."""

    r: float
    alpha: float
    s: float
    beta: float

    @property
    def parameters(self) -> Array:
        return np.array([self.r, self.alpha, self.s, self.beta])

    def log_likelihood(self, x: npt.ArrayLike, t_x: npt.ArrayLike, t: npt.ArrayLike) -> Array:
        """Log-likelihood of each customer's history (eq. 18); the shape of the arguments."""
        x, t_x, t = _arrays(x, t_x, t)
        constant, stays, left = _parts(self.parameters, x, t_x, t)[:3]
        return constant + np.logaddexp(stays, left)

    def alive(self, x: npt.ArrayLike, t_x: npt.ArrayLike, t: npt.ArrayLike) -> Array:
        """Probability that the customer has not left (eq. 21)."""
        x, t_x, t = _arrays(x, t_x, t)
        _, stays, left, *_ = _parts(self.parameters, x, t_x, t)
        result: Array = expit(stays - left)
        return result

    def expected(
        self, horizon: npt.ArrayLike, x: npt.ArrayLike, t_x: npt.ArrayLike, t: npt.ArrayLike
    ) -> Array:
        """Expected purchases in the ``horizon`` weeks after ``t``, given the history (eq. 41)."""
        result: Array = self.while_there(horizon, x, t) * self.alive(x, t_x, t)
        return result

    def while_there(self, horizon: npt.ArrayLike, x: npt.ArrayLike, t: npt.ArrayLike) -> Array:
        """Expected purchases in the ``horizon`` weeks of somebody who has not left at ``t``."""
        x, t = _arrays(x, t)
        result: Array = (self.r + x) / (self.alpha + t) * self._lived(horizon, self.beta + t)
        return result

    def expected_of_new(self, horizon: npt.ArrayLike) -> Array:
        """Expected repeat purchases in the ``horizon`` weeks after a first purchase (eq. 27)."""
        result: Array = self.r / self.alpha * self._lived(horizon, np.asarray(self.beta))
        return result

    def _lived(self, horizon: npt.ArrayLike, beta: Array) -> Array:
        """Expected weeks of life within the horizon of somebody alive at its start."""
        s = 1 + NEAR_ONE if abs(self.s - 1) < NEAR_ONE else self.s
        shrinking = (beta / (beta + np.asarray(horizon, dtype=np.float64))) ** (s - 1)
        result: Array = beta / (s - 1) * (1 - shrinking)
        return result


def fit(summary: Summary) -> tuple[ParetoNBD, Fit]:
    """Fit by maximum likelihood."""
    found = maximize(_objective(summary), names=NAMES, starts=STARTS)
    return ParetoNBD(*found.parameters.tolist()), found


def _arrays(*columns: npt.ArrayLike) -> tuple[Array, ...]:
    return tuple(np.broadcast_arrays(*(np.asarray(c, dtype=np.float64) for c in columns)))


def _parts(p: Array, x: Array, t_x: Array, t: Array) -> tuple[Array, Array, Array, Array, Array]:
    """Split the likelihood into "still there at t" and "left between t_x and t", as logarithms.

    The second is the integral of s (alpha + y)^-(r + x) (beta + y)^-(s + 1) over that time. In
    v = ((alpha + t_x) / (alpha + y))^(r + s + x) it is smooth however often the customer came, so
    twelve Gauss-Legendre nodes do where the hypergeometric function overflows. Also returned: the
    nodes' y and their normalized weights, of shape (nodes, histories), for the gradient.
    """
    r, alpha, s, beta = p
    power = r + s + x

    def of_visits(n: Array) -> Array:
        value: Array = gammaln(r + n) - gammaln(r) + r * np.log(alpha) + s * np.log(beta)
        return value

    stays = -(r + x) * np.log(alpha + t) - s * np.log(beta + t)
    lowest = np.exp(-power * np.log((alpha + t) / (alpha + t_x)))
    v = 0.5 * ((1 + lowest) + (1 - lowest) * NODES.reshape(-1, *[1] * x.ndim))
    y = np.minimum((alpha + t_x) * np.exp(-np.log(np.maximum(v, 1e-300)) / power) - alpha, t)
    log_weight = (s + 1) * np.log((alpha + y) / (beta + y))
    largest = log_weight.max(axis=0)
    weight = np.exp(log_weight - largest) * WEIGHTS.reshape(-1, *[1] * x.ndim)
    total = weight.sum(axis=0)
    with np.errstate(divide="ignore"):  # whoever bought at the very end has had no time to leave
        time_to_leave = np.log(0.5 * (1 - lowest) * total)
    left = np.log(s / power) - power * np.log(alpha + t_x) + largest + time_to_leave
    return on_distinct(of_visits, x), stays, left, y, weight / total


def _objective(summary: Summary) -> Callable[[Array], tuple[float, Array]]:
    x, t_x, t, n = summary.x, summary.t_x, summary.t, summary.customers
    visits, of_visit = np.unique(x, return_inverse=True)

    def value_and_gradient(p: Array) -> tuple[float, Array]:
        r, alpha, s, beta = p
        constant, stays, left, y, weight = _parts(p, x, t_x, t)
        value = constant + np.logaddexp(stays, left)
        gone = expit(left - stays)

        def mean(of_y: Array, at_end: Array) -> Array:
            during: Array = (weight * of_y).sum(axis=0)
            return gone * during + (1 - gone) * at_end

        in_r = (digamma(r + visits) - digamma(r))[of_visit] + np.log(alpha)
        gradient = np.array(
            [
                n @ (in_r - mean(np.log(alpha + y), np.log(alpha + t))),
                n @ (r / alpha - (r + x) * mean(1 / (alpha + y), 1 / (alpha + t))),
                n @ (np.log(beta) + gone / s - mean(np.log(beta + y), np.log(beta + t))),
                n @ (s / beta - mean((s + 1) / (beta + y), s / (beta + t))),
            ]
        )
        return float(n @ value), gradient

    return value_and_gradient
