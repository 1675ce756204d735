"""The quadrature of the Pareto/NBD against a slow and careful integral, and its derivatives."""

from itertools import pairwise

import numpy as np
import pytest
from scipy.integrate import quad

from regulars.differentiate.value.pareto_nbd import ParetoNBD, _curved, _objective
from regulars.differentiate.value.summary import Summary

pytestmark = pytest.mark.once

SHOPS = [
    (0.55, 10.58, 0.61, 11.67),
    (1.16, 6.3, 0.84, 72.0),
    (0.3, 0.5, 1.5, 150.0),
    (2.0, 40.0, 0.2, 3.0),
    (0.1, 90.0, 4.0, 0.5),
]
HISTORIES = [
    (0, 0.0, 1.0),
    (0, 0.0, 300.0),
    (1, 3.0, 260.0),
    (7, 60.0, 61.0),
    (40, 90.0, 150.0),
    (200, 150.0, 156.0),
]


@pytest.mark.parametrize("shop", SHOPS)
@pytest.mark.parametrize("history", HISTORIES)
def test_the_likelihood_is_that_of_a_careful_integral(shop, history):
    model = ParetoNBD(*shop)
    assert model.log_likelihood(*history) == pytest.approx(_carefully(shop, *history), abs=2e-8)


def _carefully(shop, x, t_x, t):
    r, alpha, s, beta = shop

    def logarithm(y):
        return -(r + x) * np.log(alpha + y) - (s + 1) * np.log(beta + y)

    def at(u):
        return np.exp(logarithm(np.exp(u) - near) - logarithm(t_x) + u)

    near = min(alpha, beta)
    ends = np.log(near + t_x), np.log(near + t)
    steps = np.linspace(*ends, 41)
    left = sum(quad(at, low, high, epsabs=0, epsrel=1e-13)[0] for low, high in pairwise(steps))
    stays = -(r + x) * np.log(alpha + t) - s * np.log(beta + t)
    rates = np.log(r + np.arange(x)).sum() + r * np.log(alpha) + s * np.log(beta)
    return float(rates + np.logaddexp(stays, np.log(s * left) + logarithm(t_x)))


@pytest.mark.parametrize("shop", SHOPS)
def test_the_second_derivatives_are_the_slopes_of_the_first(shop):
    x, t_x, t = np.array(HISTORIES, dtype=np.float64).T
    summary = Summary(x, t_x, t, np.arange(1.0, len(x) + 1))
    p, slopes = np.array(shop), _objective(summary)
    value, gradient, hessian = _curved(summary)(p)
    assert value == slopes(p)[0]
    assert gradient == pytest.approx(slopes(p)[1])
    for nth, step in enumerate(np.diag(1e-5 * p)):
        told = (slopes(p + step)[1] - slopes(p - step)[1]) / (2 * step[nth])
        assert hessian[nth] == pytest.approx(told, rel=1e-6, abs=1e-8)
