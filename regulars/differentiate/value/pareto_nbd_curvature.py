"""The second derivatives of the Pareto/NBD's log-likelihood, by the same quadrature as the first.

The likelihood of a history is that of all days on which the customer may have left, put together.
So its logarithm has the derivatives of such a mixture: the mean of the second derivatives, and the
covariance of the first ones, over the day of leaving (Louis 1982, eq. 3.2).
"""

import numpy as np
from scipy.special import expit, polygamma

from regulars.differentiate.value.pareto_nbd_parts import Parts
from regulars.differentiate.value.summary import Array, on_distinct

PAIRS = [(i, j) for i in range(4) for j in range(i, 4)]


def curvature(p: Array, x: Array, t: Array, n: Array, parts: Parts) -> Array:
    """Sum the second derivatives over histories, each ``n`` times; of shape (4, 4).

    In each of the four parameters the first derivative is a factor times a quantity of the day of
    leaving, plus an offset: log(alpha + y), 1 / (alpha + y), and the same of beta.
    """
    r, _alpha, s, _beta = p
    of_day = (parts.log_alpha, 1 / parts.to_alpha, parts.log_beta, 1 / parts.to_beta)
    at_end = _at_end(p, t)
    factor = (-1.0, -(r + x), -1.0, -(s + 1))
    gone = expit(parts.left - parts.stays)
    weighed = [parts.weight * quantity for quantity in of_day]
    mean = [column.sum(axis=0) for column in weighed]
    offset = (0.0, 0.0, 1 / s, 0.0)
    during = [factor[i] * mean[i] + offset[i] for i in range(4)]
    ended = [-at_end[0], -(r + x) * at_end[1], -at_end[2], -s * at_end[3]]
    overall = [gone * during[i] + (1 - gone) * ended[i] for i in range(4)]
    found = np.zeros((4, 4))
    square: dict[int, Array] = {}
    for i, j in PAIRS:
        product: Array = np.einsum("kn,kn->n", weighed[i], of_day[j])
        square[i] = product if i == j else square[i]
        spread = factor[i] * factor[j] * (product - mean[i] * mean[j]) + during[i] * during[j]
        both = gone * spread + (1 - gone) * ended[i] * ended[j] - overall[i] * overall[j]
        found[i, j] = found[j, i] = n @ both
    return found + _own(p, x, n, gone, mean, square, at_end)


def _at_end(p: Array, t: Array) -> list[Array]:
    alpha, beta = p[1], p[3]
    return [np.log(alpha + t), 1 / (alpha + t), np.log(beta + t), 1 / (beta + t)]


def _own(
    p: Array,
    x: Array,
    n: Array,
    gone: Array,
    mean: list[Array],
    square: dict[int, Array],
    at_end: list[Array],
) -> Array:
    """Sum the second derivatives given the day of leaving."""
    r, alpha, s, beta = p

    def mixed(of_day: Array, of_end: Array) -> Array:
        result: Array = gone * of_day + (1 - gone) * of_end
        return result

    def in_rate(visits: Array) -> Array:
        result: Array = polygamma(1, r + visits) - polygamma(1, r)
        return result

    found = np.zeros((4, 4))
    found[0, 0] = n @ on_distinct(in_rate, x)
    found[0, 1] = found[1, 0] = n @ (1 / alpha - mixed(mean[1], at_end[1]))
    found[1, 1] = n @ ((r + x) * mixed(square[1], at_end[1] ** 2) - r / alpha**2)
    found[2, 2] = -(n @ gone) / s**2
    found[2, 3] = found[3, 2] = n @ (1 / beta - mixed(mean[3], at_end[3]))
    found[3, 3] = n @ (mixed((s + 1) * square[3], s * at_end[3] ** 2) - s / beta**2)
    return found
