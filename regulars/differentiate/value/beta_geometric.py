"""BG/NBD and MBG/NBD: buying at a steady rate until, after some purchase, never again.

BG/NBD: Fader, Hardie & Lee 2005, "Counting Your Customers" the Easy Way, Marketing Science 24(2).
MBG/NBD: Batislam, Denizel & Filiztekin 2007, Int. J. of Research in Marketing 24; there a customer
may also leave right after the first purchase. The two differ by one in the beta terms.

Parameters r, alpha (gamma of the purchase rate, weeks) and a, b (beta of leaving). Times in weeks.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import betainc, betaln, digamma, expit, gammaln, hyp2f1

from regulars.differentiate.value.likelihood import Fit, maximize
from regulars.differentiate.value.summary import Array, Summary, on_distinct

NAMES = ("r", "alpha", "a", "b")
STARTS = ((0.5, 5.0, 0.5, 2.0), (1.0, 1.0, 1.0, 1.0))
NEAR_ONE = 1e-7


@dataclass(frozen=True, slots=True)
class BetaGeometric:
    """A fitted or given model. ``modified`` is MBG/NBD."""

    r: float
    alpha: float
    a: float
    b: float
    modified: bool = False

    @property
    def parameters(self) -> Array:
        return np.array([self.r, self.alpha, self.a, self.b])

    def log_likelihood(self, x: npt.ArrayLike, t_x: npt.ArrayLike, t: npt.ArrayLike) -> Array:
        """Log-likelihood of each customer's history; the shape of the arguments."""
        x, t_x, t = _arrays(x, t_x, t)
        return _terms(self.parameters, x, t_x, t, self.modified)[0]

    def alive(self, x: npt.ArrayLike, t_x: npt.ArrayLike, t: npt.ArrayLike) -> Array:
        """Probability that the customer has not left. BG/NBD says 1 for whoever never came back."""
        x, t_x, t = _arrays(x, t_x, t)
        result: Array = expit(-_odds(self.parameters, x, t_x, t, self.modified))
        return result

    def expected(
        self, horizon: npt.ArrayLike, x: npt.ArrayLike, t_x: npt.ArrayLike, t: npt.ArrayLike
    ) -> Array:
        """Expected purchases in the ``horizon`` weeks after ``t``, given the history (eq. 10)."""
        result: Array = self.while_there(horizon, x, t) * self.alive(x, t_x, t)
        return result

    def while_there(self, horizon: npt.ArrayLike, x: npt.ArrayLike, t: npt.ArrayLike) -> Array:
        """Expected purchases in the ``horizon`` weeks of somebody who has not left at ``t``."""
        x, t = _arrays(x, t)
        h = np.asarray(horizon, dtype=np.float64)
        r, alpha, a, b = self.parameters
        if abs(a - 1) < NEAR_ONE:
            a = 1 + NEAR_ONE  # the formula is 0 / 0 at one, and smooth around it
        b = b + self.modified
        z = h / (alpha + t + h)
        # Euler's transformation of eq. 10: finite however often the customer came.
        unbought = (1 - z) ** (a - 1) * hyp2f1(a + b - 1 - r, a - 1, a + b + x - 1, z)
        result: Array = (a + b + x - 1) / (a - 1) * (1 - unbought)
        return result

    def expected_of_new(self, horizon: npt.ArrayLike) -> Array:
        """Expected repeat purchases in the ``horizon`` weeks after a first purchase (eq. 9)."""
        return self.expected(horizon, 0.0, 0.0, 0.0)

    def probability(self, n: npt.ArrayLike, horizon: npt.ArrayLike) -> Array:
        """Probability of ``n`` repeat purchases in ``horizon`` weeks after the first (eq. 8)."""
        n, h = np.asarray(n, dtype=np.float64), np.asarray(horizon, dtype=np.float64)
        r, alpha, a, b = self.parameters
        k = int(self.modified)
        z = h / (alpha + h)
        staying = betaln(a, b + n + k) - betaln(a, b)
        bought = gammaln(r + n) - gammaln(r) - gammaln(n + 1) + r * np.log1p(-z) + n * np.log(z)
        leaving = betaln(a + 1, np.maximum(b + n + k - 1, 1e-300)) - betaln(a, b)
        at_least = np.where(n > 0, betainc(np.maximum(n, 1), r, z), 1.0)
        left: Array = np.where(n + k > 0, np.exp(leaving) * at_least, 0.0)
        result: Array = np.exp(staying + bought) + left
        return result


def fit(summary: Summary, *, modified: bool = False) -> tuple[BetaGeometric, Fit]:
    """Fit by maximum likelihood. Times are scaled inside, so any unit near weeks will do."""
    found = maximize(_objective(summary, modified), names=NAMES, starts=STARTS)
    r, alpha, a, b = found.parameters.tolist()
    return BetaGeometric(r, alpha, a, b, modified), found


def _arrays(*columns: npt.ArrayLike) -> tuple[Array, ...]:
    return tuple(np.broadcast_arrays(*(np.asarray(c, dtype=np.float64) for c in columns)))


def _odds(p: Array, x: Array, t_x: Array, t: Array, modified: bool) -> Array:  # noqa: FBT001
    """Logarithm of the odds that the customer has left; minus infinity where that cannot be."""
    r, alpha, a, b = p
    waited = (r + x) * (np.log(alpha + t) - np.log(alpha + t_x))
    if modified:
        result: Array = waited + np.log(a) - np.log(b + x)
        return result
    came_back = x > 0
    after_last = np.where(came_back, b + x - 1, 1.0)
    return np.where(came_back, waited + np.log(a) - np.log(after_last), -np.inf)


def _terms(
    p: Array,
    x: Array,
    t_x: Array,
    t: Array,
    modified: bool,  # noqa: FBT001
) -> tuple[Array, Array]:
    r, alpha, a, b = p
    k = int(modified)

    def of_visits(n: Array) -> Array:
        value: Array = (
            gammaln(r + n) - gammaln(r) + betaln(a, b + n + k) - betaln(a, b) + r * np.log(alpha)
        )
        return value

    odds = _odds(p, x, t_x, t, modified)
    stays = on_distinct(of_visits, x) - (r + x) * np.log(alpha + t)
    return stays + np.logaddexp(0.0, odds), expit(odds)


def _objective(summary: Summary, modified: bool) -> Callable[[Array], tuple[float, Array]]:  # noqa: FBT001
    x, t_x, t, n = summary.x, summary.t_x, summary.t, summary.customers
    k = int(modified)
    visits, of_visit = np.unique(x, return_inverse=True)

    def value_and_gradient(p: Array) -> tuple[float, Array]:
        r, alpha, a, b = p
        value, left = _terms(p, x, t_x, t, modified)
        to_end, to_last = alpha + t, alpha + t_x
        in_r = (digamma(r + visits) - digamma(r))[of_visit] + np.log(alpha / to_end)
        in_a = (digamma(a + b) - digamma(a + b + visits + k))[of_visit]
        in_b = (digamma(b + visits + k) - digamma(b))[of_visit] + in_a
        after_last = np.where(left > 0, b + x + k - 1, 1.0)
        gradient = np.array(
            [
                n @ (in_r + left * np.log(to_end / to_last)),
                n @ (r / alpha - (r + x) / to_end + left * (r + x) * (1 / to_end - 1 / to_last)),
                n @ (in_a + left / a),
                n @ (in_b - left / after_last),
            ]
        )
        return float(n @ value), gradient

    return value_and_gradient
