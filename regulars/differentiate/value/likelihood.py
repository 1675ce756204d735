"""Maximum likelihood in the logarithm of positive parameters."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar, Self

import numpy as np
import numpy.typing as npt

from regulars.differentiate.value.summary import Array

LogLikelihood = Callable[[Array], tuple[float, Array]]
Curved = Callable[[Array], tuple[float, Array, Array]]
NEWTON_STEPS, LONGEST_STEP, FLAT = 20, 1.0, 1e-9
LOW, HIGH = 1e-5, 1e5  # an estimate that ends here says that the data do not tell


class NotEstimable(Exception):
    """The facts do not determine the model: the fit ran to the end of the permitted range.

    ``trouble`` is a word for why; the sentence says what would help.
    """

    trouble: ClassVar[str] = "undetermined"


@dataclass(frozen=True, slots=True)
class Fit:
    """Estimates in the order of the paper, with their log-likelihood and standard errors."""

    names: tuple[str, ...]
    parameters: Array
    log_likelihood: float
    standard_errors: Array
    at_bound: tuple[str, ...]

    @property
    def by_name(self) -> dict[str, float]:
        return {name: float(v) for name, v in zip(self.names, self.parameters, strict=True)}

    def in_unit(self, unit: float, *, of: Collection[str], seen: float) -> Self:
        """Return the same where what was measured in ``unit`` is measured in ones.

        Parameters ``of`` that measure grow with it; each of the things ``seen`` has a density.
        """
        factor = np.array([unit if name in of else 1.0 for name in self.names])
        return replace(
            self,
            parameters=self.parameters * factor,
            standard_errors=self.standard_errors * factor,
            log_likelihood=self.log_likelihood - seen * float(np.log(unit)),
        )


def maximize(
    log_likelihood: LogLikelihood,
    *,
    names: Sequence[str],
    starts: Sequence[Sequence[float]],
    customers: float,
    rehearsal: LogLikelihood | None = None,
    curved: Curved | None = None,
) -> Fit:
    """Maximize over positive parameters, from several starts, keeping the best.

    ``log_likelihood`` takes the parameters and returns the sum over ``customers`` and its
    gradient. A ``rehearsal``, the same of a sample of them, finds the neighbourhood of the best
    cheaply, and the shape of the likelihood there; then a few steps are left for all, by Newton's
    method where ``curved`` gives the second derivatives too. Standard errors come from the inverse
    of the observed information: from these, or by differences of the gradient.
    """
    downhill = _downhill(log_likelihood, customers)
    if rehearsal is None:
        found = _best(downhill, starts)
    else:
        found = _rehearsed(downhill, _downhill(rehearsal, customers), starts, curved, customers)
    parameters: Array = np.exp(found)
    if curved is None:
        value, gradient = log_likelihood(parameters)
        hessian = _curvature(log_likelihood, parameters, 1e-5 * parameters, gradient)
    else:
        value, _gradient, hessian = curved(parameters)
    return Fit(
        names=tuple(names),
        parameters=parameters,
        log_likelihood=value,
        standard_errors=_standard_errors(-hessian),
        at_bound=tuple(
            name for name, near in zip(names, _near_bounds(parameters), strict=True) if near
        ),
    )


def _downhill(log_likelihood: LogLikelihood, customers: float) -> LogLikelihood:
    """Turn it over, for a customer on average, in the logarithms of the parameters."""

    def downhill(log_parameters: Array) -> tuple[float, Array]:
        parameters = np.exp(log_parameters)
        value, gradient = log_likelihood(parameters)
        return -value / customers, -gradient * parameters / customers

    return downhill


def _best(
    downhill: LogLikelihood, starts: Iterable[Sequence[float] | Array], *, flat: float = 1e-9
) -> Array:
    from scipy.optimize import minimize  # a start should not wait for it

    first = [np.log(np.asarray(start, dtype=np.float64)) for start in starts]
    bounds = [(np.log(LOW), np.log(HIGH))] * len(first[0])
    runs = [
        minimize(
            downhill,
            start,
            jac=True,
            method="L-BFGS-B",
            bounds=bounds,
            options={"maxiter": 500, "ftol": 1e-15, "gtol": flat},
        )
        for start in first
    ]
    best: Array = min(runs, key=lambda run: float(run.fun)).x
    return best


def _rehearsed(
    downhill: LogLikelihood,
    rehearsal: LogLikelihood,
    starts: Iterable[Sequence[float]],
    curved: Curved | None,
    customers: float,
) -> Array:
    first = _best(rehearsal, starts, flat=1e-5)
    if _near_bounds(np.exp(first)).any():
        return _best(downhill, [np.exp(first)])
    if curved is not None:
        found = _newton(_bowl(curved, customers), first)
        return _best(downhill, [np.exp(first)]) if found is None else found
    shape = _shape(rehearsal, first)
    if shape is None:
        return _best(downhill, [np.exp(first)])
    return _polish(downhill, first, shape)


def _bowl(curved: Curved, customers: float) -> Curved:
    """Turn it over as ``_downhill`` does, with the second derivatives."""

    def bowl(log_parameters: Array) -> tuple[float, Array, Array]:
        parameters = np.exp(log_parameters)
        value, gradient, hessian = curved(parameters)
        slope = gradient * parameters
        shape = hessian * np.outer(parameters, parameters) + np.diag(slope)
        return -value / customers, -slope / customers, -shape / customers

    return bowl


def _newton(bowl: Curved, start: Array) -> Array | None:
    """Go down by Newton's method; None where it is no bowl, or leads to a bound."""
    at, (value, slope, shape) = start, bowl(start)
    for _turn in range(NEWTON_STEPS):
        if np.abs(slope).max() <= FLAT:
            return at
        try:
            np.linalg.cholesky(shape)
        except np.linalg.LinAlgError:
            return None
        step = -np.linalg.solve(shape, slope)
        step *= min(1.0, LONGEST_STEP / np.abs(step).max())
        there = bowl(at + step)
        if there[0] > value + 1e-12 or _near_bounds(np.exp(at + step)).any():
            return None
        at, (value, slope, shape) = at + step, there
    return None


def _shape(downhill: LogLikelihood, at: Array) -> Array | None:
    """Return the triangle whose square is the curvature, None where it is not that of a bowl."""
    hessian = _curvature(downhill, at, np.full(len(at), 1e-4))
    try:
        triangle: Array = np.linalg.cholesky(hessian).astype(np.float64)
    except np.linalg.LinAlgError:
        return None
    return triangle


def _polish(downhill: LogLikelihood, start: Array, shape: Array) -> Array:
    """Go on from a good start in coordinates in which the bowl is about round."""
    from scipy.optimize import minimize

    low, high = np.log(LOW), np.log(HIGH)

    def rounded(z: Array) -> tuple[float, Array]:
        value, gradient = downhill(np.clip(start + np.linalg.solve(shape.T, z), low, high))
        turned: Array = np.linalg.solve(shape, gradient).astype(np.float64)
        return value, turned

    run = minimize(
        rounded,
        np.zeros(len(start)),
        jac=True,
        method="L-BFGS-B",
        options={"maxiter": 200, "ftol": 1e-15, "gtol": 1e-8},
    )
    found: Array = np.clip(start + np.linalg.solve(shape.T, run.x), low, high)
    return found


def _near_bounds(parameters: Array) -> npt.NDArray[np.bool_]:
    return (parameters <= LOW * 1.01) | (parameters >= HIGH * 0.99)


def _curvature(
    function: LogLikelihood, at: Array, steps: Array, gradient: Array | None = None
) -> Array:
    """Return second derivatives by differences; one-sided where the ``gradient`` there is given."""
    rows = []
    for i, step in enumerate(steps):
        aside = np.zeros(len(at))
        aside[i] = step
        above = function(at + aside)[1]
        below = function(at - aside)[1] if gradient is None else gradient
        rows.append((above - below) / (step if gradient is not None else 2 * step))
    found = np.array(rows)
    result: Array = (found + found.T) / 2
    return result


def _standard_errors(information: Array) -> Array:
    try:
        variance = np.diag(np.linalg.inv(information))
    except np.linalg.LinAlgError:
        return np.full(len(information), np.nan)
    return np.sqrt(np.where(variance > 0, variance, np.nan))
