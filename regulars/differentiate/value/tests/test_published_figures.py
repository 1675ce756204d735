"""The value models reproduce what their papers and reference programs published."""

import numpy as np
import pytest

from regulars.differentiate.value import gamma_gamma
from regulars.differentiate.value.beta_geometric import BetaGeometric
from regulars.differentiate.value.bg_bb import BGBB
from regulars.differentiate.value.likelihood import NotEstimable
from regulars.differentiate.value.pareto_nbd import ParetoNBD

pytestmark = pytest.mark.once

PAPER = BetaGeometric(0.243, 4.414, 0.793, 2.426)
SAMPLE = BetaGeometric(0.2425945, 4.4136019, 0.7929199, 2.4258881)
PARETO = ParetoNBD(0.55, 10.56, 0.61, 11.64)
PARETO_SAMPLE = ParetoNBD(0.55315, 10.57633, 0.60625, 11.67150)
DONORS = BGBB(1.20352083, 0.74971529, 0.65671212, 2.78340801)


def test_bg_nbd_log_likelihood_of_one_customer():
    model = BetaGeometric(0.25, 4.0, 0.8, 2.5)
    assert model.log_likelihood([0, 200], [0, 38], 40) == pytest.approx([-0.59947382, 100.7957])


def test_bg_nbd_probability_of_a_number_of_purchases():
    assert PAPER.probability(10, 2) == pytest.approx(1.07869e-07, rel=1e-5)
    assert PAPER.probability(0, 39) == pytest.approx(0.5737864, rel=1e-6)
    published = [
        0.0019995214, 0.0015170236, 0.0011633150, 0.0009003148, 0.0007023638,
        0.0005517902, 0.0004361913, 0.0003467171, 0.0002769613, 0.0002222260,
    ]  # fmt: skip
    assert PAPER.probability(np.arange(11, 21), 30) == pytest.approx(published, abs=5.1e-11)


@pytest.mark.parametrize("modified", [False, True])
def test_probabilities_of_all_numbers_of_purchases_add_up_to_one(modified):
    model = BetaGeometric(0.5, 6.0, 0.9, 1.6, modified=modified)
    assert model.probability(np.arange(2_000), 20).sum() == pytest.approx(1, abs=1e-9)


def test_bg_nbd_expected_purchases_of_a_new_customer():
    weeks = [1 / 7, 1, 3, 31.8571, 32, 78]
    published = [0.0078, 0.0532, 0.1506, 1.0405, 1.0437, 1.8576]
    assert SAMPLE.expected_of_new(weeks) == pytest.approx(published, abs=5.1e-5, rel=2e-4)
    assert SAMPLE.expected_of_new(52) == pytest.approx(1.444004, rel=1e-5)


def test_bg_nbd_expected_purchases_of_a_known_customer():
    assert SAMPLE.expected(52, 26, 30.85714, 31) == pytest.approx(25.75659, rel=5e-5)
    assert SAMPLE.alive(26, 30.85714, 31) == pytest.approx(0.9688523, rel=5e-6)
    assert PAPER.expected(39, 2, 30.43, 38.86) == pytest.approx(1.226, abs=5e-4)


def test_bg_nbd_says_whoever_never_came_back_is_alive():
    assert PAPER.alive(0, 0, 40) == 1


def test_the_more_often_before_a_long_silence_the_less_is_expected():
    often = SAMPLE.expected(52, [10, 15, 20, 25], 20, 39)
    assert often == pytest.approx([0.3474606, 0.04283391, 0.004158973, 0.0003583685], rel=1e-4)


def test_expectation_is_finite_where_the_textbook_formula_is_not():
    few_leave = BetaGeometric(0.11, 2.24, 0.31, 0.50)
    assert few_leave.expected(30, 0, 0, 1) == pytest.approx(0.564589, abs=1e-6)
    assert np.isfinite(SAMPLE.expected(52, 3_000, 30, 31))
    at_one = BetaGeometric(0.3, 5, 1.0, 2.0).expected(39, 2, 20, 39)
    near_one = BetaGeometric(0.3, 5, 1.0001, 2.0).expected(39, 2, 20, 39)
    assert at_one == pytest.approx(near_one, rel=1e-3)


def test_pareto_nbd_expected_purchases():
    published = [
        0, 0.05077821, 0.09916088, 0.14542507, 0.18979930,
        0.23247466, 0.27361274, 0.31335159, 0.35181024, 0.38909211,
    ]  # fmt: skip
    assert PARETO.expected_of_new(np.arange(10)) == pytest.approx(published, abs=1e-8)
    assert PARETO_SAMPLE.expected_of_new(52) == pytest.approx(1.473434, rel=5e-5)
    assert PARETO_SAMPLE.expected(52, 26, 30.857, 31) == pytest.approx(25.45647, rel=5e-5)
    assert PARETO_SAMPLE.alive(26, 30.857, 31) == pytest.approx(0.997874, rel=1e-5)


def test_pareto_nbd_does_not_overflow_for_whoever_comes_every_few_days():
    model = ParetoNBD(0.5143, 2.8845, 0.2856, 14.1087)
    alive = model.alive(
        [221, 254, 161, 204],
        [103.42857, 97.14286, 94.71429, 98.57143],
        [103.57143, 97.28571, 98, 99.42857],
    )
    assert alive == pytest.approx([0.9995961, 0.9995582, 0.7494878, 0.9942551], abs=1e-7)


def test_bg_bb_expected_purchases():
    assert DONORS.expected_of_new(10) == pytest.approx(3.179805, rel=1e-5)
    assert DONORS.expected(10, 0, 0, 6) == pytest.approx(0.1302169, rel=2e-5)
    assert DONORS.expected(10, 4, 5, 6) == pytest.approx(3.627858, rel=5e-5)


def test_gamma_gamma_without_a_finite_mean_says_so():
    with pytest.raises(NotEstimable):
        _ = gamma_gamma.GammaGamma(p=6, q=0.9, v=15).mean
