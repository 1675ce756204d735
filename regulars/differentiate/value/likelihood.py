"""Maximum likelihood in the logarithm of positive parameters."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from regulars.differentiate.value.summary import Array

LogLikelihood = Callable[[Array], tuple[float, Array]]
LOW, HIGH = 1e-5, 1e5  # an estimate that ends here says that the data do not tell


class NotEstimable(Exception):
    """The facts do not determine the model: the fit ran to the end of the permitted range."""


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


def maximize(
    log_likelihood: LogLikelihood, *, names: Sequence[str], starts: Sequence[Sequence[float]]
) -> Fit:
    """Maximize over positive parameters, from several starts, keeping the best.

    ``log_likelihood`` takes the parameters and returns the sum and its gradient. Standard errors
    come from the inverse of the observed information, by central differences of the gradient.
    """

    from scipy.optimize import minimize  # a start should not wait for it

    def downhill(log_parameters: Array) -> tuple[float, Array]:
        parameters = np.exp(log_parameters)
        value, gradient = log_likelihood(parameters)
        return -value, -gradient * parameters

    bounds = [(np.log(LOW), np.log(HIGH))] * len(names)
    runs = [
        minimize(
            downhill,
            np.log(np.asarray(start, dtype=np.float64)),
            jac=True,
            method="L-BFGS-B",
            bounds=bounds,
            options={"maxiter": 500, "ftol": 1e-13, "gtol": 1e-7},
        )
        for start in starts
    ]
    best = min(runs, key=lambda run: float(run.fun))
    parameters: Array = np.exp(best.x)
    near = [(p <= LOW * 1.01 or p >= HIGH * 0.99) for p in parameters]
    return Fit(
        names=tuple(names),
        parameters=parameters,
        log_likelihood=-float(best.fun),
        standard_errors=_standard_errors(log_likelihood, parameters),
        at_bound=tuple(name for name, is_near in zip(names, near, strict=True) if is_near),
    )


def _standard_errors(log_likelihood: LogLikelihood, parameters: Array) -> Array:
    size = len(parameters)
    hessian = np.empty((size, size))
    for i in range(size):
        step = np.zeros(size)
        step[i] = 1e-5 * parameters[i]
        above = log_likelihood(parameters + step)[1]
        below = log_likelihood(parameters - step)[1]
        hessian[i] = (above - below) / (2 * step[i])
    information = -(hessian + hessian.T) / 2
    try:
        variance = np.diag(np.linalg.inv(information))
    except np.linalg.LinAlgError:
        return np.full(size, np.nan)
    return np.sqrt(np.where(variance > 0, variance, np.nan))
