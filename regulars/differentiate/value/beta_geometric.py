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
from scipy.special import betainc, betaincinv, betaln, digamma, expit, gammaln, hyp2f1

from regulars.differentiate.value.likelihood import Fit, maximize
from regulars.differentiate.value.summary import Array, Summary, on_distinct, places

NAMES = ("r", "alpha", "a", "b")
STARTS = ((0.5, 5.0, 0.5, 2.0), (1.0, 1.0, 1.0, 1.0))
NEAR_ONE = 1e-7
NODES, WEIGHTS = (np.array(one) / 2 for one in np.polynomial.legendre.leggauss(64))
QUANTILES, SMALLEST = NODES + 0.5, 1e-12


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
        with np.errstate(over="ignore", invalid="ignore"):
            unbought = (1 - z) ** (a - 1) * hyp2f1(a + b - 1 - r, a - 1, a + b + x - 1, z)
            result: Array = (a + b + x - 1) / (a - 1) * (1 - unbought)
        lost = ~np.isfinite(result)
        if lost.any():
            given = (one[lost] for one in np.broadcast_arrays(h, x, t))
            result = np.array(result)
            result[lost] = _over_chances(r, alpha, a, b, *given)
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
    """Fit by maximum likelihood. Times are scaled inside: any unit will do."""
    summary, unit = summary.near_weeks()
    some = summary.sample()
    found = maximize(
        _objective(summary, modified),
        names=NAMES,
        starts=STARTS,
        customers=summary.customers.sum(),
        rehearsal=_objective(some, modified) if some else None,
    )
    found = found.in_unit(unit, of=("alpha",), seen=float(summary.customers @ summary.x))
    r, alpha, a, b = found.parameters.tolist()
    return BetaGeometric(r, alpha, a, b, modified), found


def _over_chances(
    r: float, alpha: float, a: float, b: float, h: Array, x: Array, t: Array
) -> Array:
    """Return the expected purchases of somebody there as a mean over their chance of leaving.

    Who leaves after a purchase with the chance p makes (1 - exp(-rate p h)) / p more of them. The
    mean over the rate is closed; that over p, Beta(a, b + x), is taken at its quantiles. It is for
    where the hypergeometric function overflows: where all leave with about the same chance.
    """
    counts, which = np.unique(x, return_inverse=True)
    chance = np.maximum(betaincinv(a, b + counts[:, None], QUANTILES), SMALLEST)[which]
    bought = -(r + x)[:, None] * np.log1p(chance * (h / (alpha + t))[:, None])
    result: Array = (-np.expm1(bought) / chance) @ WEIGHTS
    return result


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
    """Sum over histories. What depends on one of x, t_x and t alone is summed over its values."""
    n, k = summary.customers, int(modified)
    of_x = summary.x.astype(np.int64)
    x = np.arange(of_x.max() + 1, dtype=np.float64)
    t_x, of_last = places(summary.t_x)
    t, of_end = places(summary.t)
    with_x, visits_at_end = np.bincount(of_x, n), np.bincount(of_end, n * summary.x)
    with_t, everybody = np.bincount(of_end, n), n.sum()

    def value_and_gradient(p: Array) -> tuple[float, Array]:
        r, alpha, a, b = p
        log_end, log_last = np.log(alpha + t), np.log(alpha + t_x)
        bought, waited = r + summary.x, log_end[of_end] - log_last[of_last]
        after_last = b + x + k - 1
        with np.errstate(divide="ignore"):
            leaving = np.where((x > 0) | modified, np.log(a) - np.log(np.abs(after_last)), -np.inf)
        odds = bought * waited + leaving[of_x]
        small = np.exp(-np.abs(odds))
        left = n * np.where(odds > 0, 1.0, small) / (1 + small)
        at_end = r * with_t + visits_at_end
        of_visits = gammaln(r + x) - gammaln(r) + betaln(a, b + x + k) - betaln(a, b)
        value = (
            with_x @ of_visits
            + everybody * r * np.log(alpha)
            - at_end @ log_end
            + n @ (np.maximum(odds, 0.0) + np.log1p(small))
        )
        sooner = (1 / (alpha + t))[of_end] - (1 / (alpha + t_x))[of_last]
        in_a = with_x @ (digamma(a + b) - digamma(a + b + x + k))
        left_at = np.bincount(of_x, left)
        gone = left_at > 0
        gradient = [
            with_x @ (digamma(r + x) - digamma(r)) + everybody * np.log(alpha)
            - with_t @ log_end + left @ waited,
            everybody * r / alpha - at_end @ (1 / (alpha + t)) + left @ (bought * sooner),
            in_a + left_at.sum() / a,
            with_x @ (digamma(b + x + k) - digamma(b)) + in_a
            - (left_at[gone] / after_last[gone]).sum(),
        ]  # fmt: skip
        return float(value), np.array(gradient)

    return value_and_gradient
