"""What customers spend at a visit, also where nothing finite can be said of it."""

import json

import ibis
import numpy as np
import pyarrow as pa
import pytest

from regulars.differentiate.value import gamma_gamma
from regulars.differentiate.value.gamma_gamma import Spent
from regulars.differentiate.value.spending import as_dict, expected_spend, spending_of

pytestmark = pytest.mark.once

DRAWN = np.random.default_rng(7)
TIMES = DRAWN.integers(1, 9, 200)


def people(value, times=TIMES):
    return ibis.memtable(
        pa.table({"x": times[: len(value)], "value": value, "total": times[: len(value)] * value})
    )


def test_equal_spending_is_expected_again():
    spending = spending_of(people(np.full(200, 500.0)))
    told = as_dict(spending.everybody)
    assert told["mean_minor"] == pytest.approx(500, rel=1e-3)
    json.dumps(told, allow_nan=False)
    assert spending.pearson is None


def test_spending_without_a_mean_is_not_estimated():
    wild = DRAWN.lognormal(30, 12, 200)
    spending = spending_of(people(wild))
    assert spending.everybody is None
    assert as_dict(spending.everybody) is None


@pytest.mark.parametrize("broken", [{"p": np.inf}, {"q": np.nan}, {"v": np.inf}])
def test_a_fit_that_is_not_finite_is_none(monkeypatch, broken):
    fitted = gamma_gamma.fit

    def fit(x, value):
        model, found = fitted(x, value)
        told = dict(zip("pqv", model.parameters, strict=True)) | broken
        return gamma_gamma.GammaGamma(**told), found

    monkeypatch.setattr(gamma_gamma, "fit", fit)
    table = people(DRAWN.lognormal(6, 0.5, 200))
    spending = spending_of(table)
    assert spending.everybody is spending.usual is None
    asked = table.mutate(expected=expected_spend(spending, table.x, table.value))
    assert asked.expected.to_pyarrow().null_count == 200


def test_the_curvature_of_spending_is_that_of_its_slope():
    chance = np.random.default_rng(3)
    spent = Spent(chance.integers(1, 9, 500) * 1.0, chance.gamma(3.0, 2.0, 500))
    at, step = np.array([3.0, 4.0, 2.0]), 1e-5
    for turn in range(3):
        aside = step * np.eye(3)[turn]
        by_differences = (spent.sloped(at + aside)[1] - spent.sloped(at - aside)[1]) / (2 * step)
        assert spent.curved(at)[2][turn] == pytest.approx(by_differences, rel=1e-5)
