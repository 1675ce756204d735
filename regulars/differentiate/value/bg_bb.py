"""BG/BB: buying or not at each of a row of occasions, until never again.

Fader, Hardie & Shang 2010, Customer-Base Analysis in a Discrete-Time Noncontractual Setting,
Marketing Science 29(6). Parameters alpha, beta (of buying at an occasion), gamma, delta (of leaving
before one). ``x`` purchases, ``t_x`` the occasion of the last one (0: none), ``n`` occasions.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import betaln, digamma, gammaln, logsumexp

from regulars.differentiate.value.likelihood import Fit, maximize
from regulars.differentiate.value.summary import Array, Summary

NAMES = ("alpha", "beta", "gamma", "delta")
NEAR_ONE = 1e-7
STARTS = ((1.0, 1.0, 0.5, 2.0), (0.5, 2.0, 1.0, 5.0))


@dataclass(frozen=True, slots=True)
class BGBB:
    """A fitted or given model."""

    alpha: float
    beta: float
    gamma: float
    delta: float

    @property
    def parameters(self) -> Array:
        return np.array([self.alpha, self.beta, self.gamma, self.delta])

    def log_likelihood(self, x: npt.ArrayLike, t_x: npt.ArrayLike, n: npt.ArrayLike) -> Array:
        """Log-likelihood of each customer's history (eq. 5); the shape of the arguments."""
        x, t_x, n = np.broadcast_arrays(*(np.asarray(c, dtype=np.float64) for c in (x, t_x, n)))
        result: Array = logsumexp(_log_terms(self.parameters, x, t_x, n)[0], axis=0)
        return result

    def alive(self, x: npt.ArrayLike, t_x: npt.ArrayLike, n: npt.ArrayLike) -> Array:
        """Probability of being there at occasion n + 1 (eq. 11)."""
        x, t_x, n = np.broadcast_arrays(*(np.asarray(c, dtype=np.float64) for c in (x, t_x, n)))
        a, b, g, d = self.parameters
        here = betaln(a + x, b + n - x) - betaln(a, b) + betaln(g, d + n + 1) - betaln(g, d)
        result: Array = np.exp(here - self.log_likelihood(x, t_x, n))
        return result

    def expected(
        self, horizon: npt.ArrayLike, x: npt.ArrayLike, t_x: npt.ArrayLike, n: npt.ArrayLike
    ) -> Array:
        """Expected purchases at ``horizon`` occasions after ``n``, given the history (eq. 13)."""
        x, t_x, n = np.broadcast_arrays(*(np.asarray(c, dtype=np.float64) for c in (x, t_x, n)))
        a, b, g, d = self.parameters
        h = np.asarray(horizon, dtype=np.float64)
        buying = betaln(a + x + 1, b + n - x) - betaln(a, b) - self.log_likelihood(x, t_x, n)
        g = 1 + NEAR_ONE if abs(g - 1) < NEAR_ONE else g
        before = gammaln(g + d) - gammaln(1 + d)
        soon = np.exp(before + gammaln(1 + d + n) - gammaln(g + d + n))
        late = np.exp(before + gammaln(1 + d + n + h) - gammaln(g + d + n + h))
        result: Array = np.exp(buying) * d / (g - 1) * (soon - late)
        return result

    def expected_of_new(self, horizon: npt.ArrayLike) -> Array:
        """Expected purchases at the first ``horizon`` occasions (eq. 8)."""
        return self.expected(horizon, 0.0, 0.0, 0.0)


def fit(summary: Summary) -> tuple[BGBB, Fit]:
    """Fit by maximum likelihood; ``summary.t`` holds the number of occasions."""
    found = maximize(
        _objective(summary), names=NAMES, starts=STARTS, customers=summary.customers.sum()
    )
    return BGBB(*found.parameters.tolist()), found


def _log_terms(p: Array, x: Array, t_x: Array, n: Array) -> tuple[Array, Array]:
    """One term for each occasion after which the customer may have left, and one for none (eq. 5).

    Shape (occasions + 1, histories); minus infinity where that cannot have been. Also returned: the
    number of occasions the term says the customer was there for.
    """
    a, b, g, d = p
    steps = np.arange(int((n - t_x).max()) + 1 if n.size else 1).reshape(-1, *[1] * x.ndim)
    there = t_x + steps
    possible = there < n
    there = np.where(possible, there, n)
    left = betaln(a + x, b + there - x) - betaln(a, b) + betaln(g + 1, d + there) - betaln(g, d)
    stayed = betaln(a + x, b + n - x) - betaln(a, b) + betaln(g, d + n) - betaln(g, d)
    terms = np.concatenate([np.where(possible, left, -np.inf), stayed[None]])
    return terms, np.concatenate([there, n[None]])


def _objective(summary: Summary) -> Callable[[Array], tuple[float, Array]]:
    x, t_x, n, customers = summary.x, summary.t_x, summary.t, summary.customers

    def value_and_gradient(p: Array) -> tuple[float, Array]:
        a, b, g, d = p
        terms, there = _log_terms(p, x, t_x, n)
        value: Array = logsumexp(terms, axis=0)
        share = np.exp(terms - value)
        gone = np.ones_like(there)
        gone[-1] = 0.0
        all_a, all_g = digamma(a + b + there), digamma(g + d + there + gone)
        in_a = digamma(a + x) - all_a - digamma(a) + digamma(a + b)
        in_b = digamma(b + there - x) - all_a - digamma(b) + digamma(a + b)
        in_g = digamma(g + gone) - all_g - digamma(g) + digamma(g + d)
        in_d = digamma(d + there) - all_g - digamma(d) + digamma(g + d)
        gradient = [customers @ (share * part).sum(axis=0) for part in (in_a, in_b, in_g, in_d)]
        return float(customers @ value), np.array(gradient)

    return value_and_gradient
