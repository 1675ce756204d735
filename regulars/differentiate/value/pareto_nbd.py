"""Pareto/NBD: buying at a steady rate for a lifetime that ends unseen.

Schmittlein, Morrison & Colombo 1987, Counting Your Customers, Management Science 33(1); equation
numbers are those of Fader & Hardie 2005, A Note on Deriving the Pareto/NBD Model.

Parameters r, alpha (gamma of the purchase rate) and s, beta (gamma of the rate of leaving), weeks.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import digamma, expit

from regulars.differentiate.value.likelihood import Curved, Fit, LogLikelihood, maximize
from regulars.differentiate.value.pareto_nbd_curvature import curvature
from regulars.differentiate.value.pareto_nbd_parts import Parts, parts_of
from regulars.differentiate.value.summary import Array, Summary, on_distinct

NAMES = ("r", "alpha", "s", "beta")
STARTS = ((0.5, 10.0, 0.5, 10.0),)
A_PIECE = 2_048  # histories
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
        parts = parts_of(self.parameters, x, t_x, t)
        result: Array = parts.constant + np.logaddexp(parts.stays, parts.left)
        return result

    def alive(self, x: npt.ArrayLike, t_x: npt.ArrayLike, t: npt.ArrayLike) -> Array:
        """Probability that the customer has not left (eq. 21)."""
        x, t_x, t = _arrays(x, t_x, t)
        parts = parts_of(self.parameters, x, t_x, t)
        result: Array = expit(parts.stays - parts.left)
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
    """Fit by maximum likelihood. Times are scaled inside: any unit will do."""
    summary, unit = summary.near_weeks()
    some = summary.sample()
    found = maximize(
        _objective(summary),
        names=NAMES,
        starts=STARTS,
        customers=summary.customers.sum(),
        rehearsal=_objective(some) if some else None,
        curved=_curved(summary),
    )
    seen = float(summary.customers @ summary.x)
    found = found.in_unit(unit, of=("alpha", "beta"), seen=seen)
    return ParetoNBD(*found.parameters.tolist()), found


def _arrays(*columns: npt.ArrayLike) -> tuple[Array, ...]:
    return tuple(np.broadcast_arrays(*(np.asarray(c, dtype=np.float64) for c in columns)))


def _objective(summary: Summary) -> LogLikelihood:
    """Sum over histories, in pieces that the processor keeps near."""
    pieces = _pieces(summary)

    def value_and_gradient(p: Array) -> tuple[float, Array]:
        found = [_piece(p, *piece)[:2] for piece in pieces]
        gradient: Array = np.sum([gradient for _, gradient in found], axis=0)
        return sum(value for value, _ in found), gradient

    return value_and_gradient


def _curved(summary: Summary) -> Curved:
    pieces = _pieces(summary)

    def with_curvature(p: Array) -> tuple[float, Array, Array]:
        value, gradient, hessian = 0.0, np.zeros(4), np.zeros((4, 4))
        for x, t_x, t, n in pieces:
            more, slope, parts = _piece(p, x, t_x, t, n)
            value, gradient = value + more, gradient + slope
            hessian = hessian + curvature(p, x, t, n, parts)
        return value, gradient, hessian

    return with_curvature


def _pieces(summary: Summary) -> list[tuple[Array, ...]]:
    rows = (summary.x, summary.t_x, summary.t, summary.customers)
    return [
        tuple(column[start : start + A_PIECE] for column in rows)
        for start in range(0, len(summary.x), A_PIECE)
    ]


def _piece(p: Array, x: Array, t_x: Array, t: Array, n: Array) -> tuple[float, Array, Parts]:
    r, alpha, s, beta = p
    parts = parts_of(p, x, t_x, t)
    value = parts.constant + np.logaddexp(parts.stays, parts.left)
    gone = expit(parts.left - parts.stays)

    def mean(of_y: Array, at_end: Array) -> Array:
        during: Array = np.einsum("ij,ij->j", parts.weight, of_y)
        return gone * during + (1 - gone) * at_end

    def in_rate(visits: Array) -> Array:
        result: Array = digamma(r + visits) - digamma(r) + np.log(alpha)
        return result

    to_end, to_beta_end = alpha + t, beta + t
    gradient = [
        n @ (on_distinct(in_rate, x) - mean(parts.log_alpha, np.log(to_end))),
        n @ (r / alpha - (r + x) * mean(1 / parts.to_alpha, 1 / to_end)),
        n @ (np.log(beta) + gone / s - mean(parts.log_beta, np.log(to_beta_end))),
        n @ (s / beta - mean((s + 1) / parts.to_beta, s / to_beta_end)),
    ]
    return float(n @ value), np.array(gradient), parts
