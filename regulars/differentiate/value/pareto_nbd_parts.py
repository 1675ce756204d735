"""The Pareto/NBD's likelihood of a history, split by whether the customer had left."""

from dataclasses import dataclass

import numpy as np
from scipy.special import gammaln

from regulars.differentiate.value.summary import Array, on_distinct

NODES, WEIGHTS = np.polynomial.legendre.leggauss(16)
ROOT = 24


@dataclass(frozen=True, slots=True)
class Parts:
    """The likelihood of histories, split by whether they had left, as logarithms.

    ``constant`` belongs to both, ``stays`` to those still there at t, ``left`` to the others.
    ``weight`` of the nodes in time, normalized, and their ``log_alpha`` = log(alpha + y),
    ``to_alpha`` = alpha + y, and likewise for beta, of shape (nodes, histories).
    """

    constant: Array
    stays: Array
    left: Array
    weight: Array
    log_alpha: Array
    log_beta: Array
    to_alpha: Array
    to_beta: Array


def parts_of(p: Array, x: Array, t_x: Array, t: Array) -> Parts:
    """Split the likelihood into "still there at t" and "left between t_x and t".

    The second is the integral of s (alpha + y)^-(r + x) (beta + y)^-(s + 1) over that time. With m
    the smaller of alpha and beta, it is taken in v = ((m + t_x) / (m + y))^((r + s + x) / 24):
    there it is a power of v times something smooth, however often the customer came and however
    long they were watched. So sixteen Gauss-Legendre nodes do, also where the hypergeometric
    function overflows.
    """
    r, alpha, s, beta = p
    power, near = r + s + x, min(alpha, beta)

    def of_visits(n: Array) -> Array:
        value: Array = gammaln(r + n) - gammaln(r) + r * np.log(alpha) + s * np.log(beta)
        return value

    log_last, log_end = np.log(near + t_x), np.log(near + t)
    stays = -(r + x) * np.log(alpha + t) - s * np.log(beta + t)
    lowest = np.exp(-power / ROOT * (log_end - log_last))
    shape = (-1, *[1] * x.ndim)
    log_v = np.log(0.5 * ((1 + lowest) + (1 - lowest) * NODES.reshape(shape)))
    log_near = np.minimum(log_last - log_v * (ROOT / power), log_end)
    to_near = np.exp(log_near)
    to_far = to_near + abs(beta - alpha)
    log_far = np.log(to_far)
    first = alpha <= beta
    log_weight = (s + 1 if first else r + x) * (log_near - log_far) + (ROOT - 1) * log_v
    largest = log_weight.max(axis=0)
    weight = np.exp(log_weight - largest) * WEIGHTS.reshape(shape)
    total = weight.sum(axis=0)
    with np.errstate(divide="ignore"):  # whoever bought at the very end has had no time to leave
        time_to_leave = np.log(0.5 * (1 - lowest) * total)
    left = np.log(s * ROOT / power) - power * log_last + largest + time_to_leave
    weight /= total
    log_alpha, log_beta = (log_near, log_far) if first else (log_far, log_near)
    to_alpha, to_beta = (to_near, to_far) if first else (to_far, to_near)
    constant = on_distinct(of_visits, x)
    return Parts(constant, stays, left, weight, log_alpha, log_beta, to_alpha, to_beta)
