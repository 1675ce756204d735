"""What the facts do not tell is not estimated, and the reason is the right one."""

import numpy as np
import pytest

from regulars.differentiate.value import pareto_nbd
from regulars.differentiate.value.beta_geometric import BetaGeometric
from regulars.differentiate.value.estimable import in_which_all_are_alike
from regulars.differentiate.value.fitting import Model, fit_summary
from regulars.differentiate.value.likelihood import NotEstimable
from regulars.differentiate.value.staff.words import TROUBLES
from regulars.differentiate.value.summary import Summary

pytestmark = pytest.mark.once

PEOPLE = 1_500


def bought(*, chance, rate, weeks=(26.0, 104.0), seed=1) -> Summary:
    """Draw who buys at ``rate`` a week, and leaves after a repeat purchase by ``chance``."""
    draw = np.random.default_rng(seed)
    t = draw.uniform(*weeks, PEOPLE)
    x, t_x = np.zeros(PEOPLE), np.zeros(PEOPLE)
    at, there = np.zeros(PEOPLE), np.arange(PEOPLE)
    rate, chance = np.broadcast_to(rate, PEOPLE), np.broadcast_to(chance, PEOPLE)
    while there.size:
        at[there] += draw.exponential(1 / rate[there])
        there = there[at[there] < t[there]]
        x[there], t_x[there] = x[there] + 1, at[there]
        there = there[draw.random(there.size) >= chance[there]]
    return Summary.of(x, t_x, t)


RATES = np.random.default_rng(2).gamma(0.8, 1 / 2.0, PEOPLE)


@pytest.mark.parametrize("model", [Model.BG_NBD, Model.MBG_NBD, Model.PARETO_NBD])
@pytest.mark.parametrize("rate", [RATES, 0.3], ids=["spread", "alike"])
def test_a_shop_that_nobody_leaves_does_not_tell_when_they_do(model, rate):
    with pytest.raises(
        NotEstimable, match="next to nobody who came back seems to have left"
    ) as told:
        fit_summary(bought(chance=0.0, rate=rate), model)
    assert told.value.trouble in TROUBLES


@pytest.mark.parametrize("model", [Model.BG_NBD, Model.MBG_NBD, Model.PARETO_NBD, Model.BG_BB])
def test_nobody_who_stays_away_is_no_end(model):
    ones = np.ones(40)
    with pytest.raises(NotEstimable, match="none is seen to stay away"):
        fit_summary(Summary.of(ones, 2 * ones, 2 * ones), model)
    with pytest.raises(NotEstimable, match="Nobody came back"):
        fit_summary(Summary.of(0 * ones, 0 * ones, 2 * ones), model)
    with pytest.raises(NotEstimable, match="customers who came back are 3"):
        fit_summary(Summary.of([1, 1, 1, 0], [1, 2, 3, 0], [9, 9, 9, 9]), model)


@pytest.mark.parametrize("chance", [0.02, 0.2, 0.6])
@pytest.mark.parametrize("rate", [RATES, 0.3], ids=["spread", "alike"])
def test_one_chance_of_leaving_for_all_is_found(chance, rate):
    summary = bought(chance=chance, rate=rate)
    model, fit = fit_summary(summary, Model.BG_NBD)
    p = model.parameters
    assert p[2] / (p[2] + p[3]) == pytest.approx(chance, rel=0.15)
    assert p[0] / p[1] == pytest.approx(np.mean(rate), rel=0.15)
    for weeks in (1.0, 52.0, 520.0):
        expected = model.expected(weeks, summary.x, summary.t_x, summary.t)
        assert np.isfinite(expected).all()
        assert (expected >= 0).all()
    notes = in_which_all_are_alike(fit)
    assert len(notes) == bool({"r", "alpha"} & set(fit.at_bound)) + bool(
        {"a", "b"} & set(fit.at_bound)
    )


@pytest.mark.parametrize("modified", [False, True])
def test_expectation_where_all_leave_alike_is_that_of_its_closed_form(modified):
    """With one rate and one chance p, (1 - exp(-rate p h)) / p more purchases are expected."""
    alike = BetaGeometric(3e4, 1e5, 2e4, 8e4, modified=modified)
    weeks = np.array([0.5, 4.0, 52.0, 520.0])
    told = alike.while_there(weeks, 2.0, 30.0)
    assert told == pytest.approx(-np.expm1(-0.3 * 0.2 * weeks) / 0.2, rel=1e-3)
    nearly = BetaGeometric(0.8, 2.0, 400.0, 1_600.0, modified=modified)
    further = BetaGeometric(0.8, 2.0, 4e3, 1.6e4, modified=modified)
    assert nearly.while_there(52, 3, 30) == pytest.approx(further.while_there(52, 3, 30), rel=2e-3)


def test_three_thousand_visits_overflow_nothing():
    """The textbook's hypergeometric function is infinite there; this is its value by Euler."""
    sample = BetaGeometric(0.2425945, 4.4136019, 0.7929199, 2.4258881)
    x = np.array([3_000.0, 30_000.0])
    for told in (
        sample.log_likelihood(x, 30, 31),
        sample.expected(52, x, 30, 31),
        pareto_nbd.ParetoNBD(0.553, 10.58, 0.606, 11.67).expected(52, x, 30, 31),
        pareto_nbd.ParetoNBD(0.553, 10.58, 0.606, 11.67).log_likelihood(x, 30, 31),
    ):
        assert np.isfinite(told).all()
    ratio = sample.while_there(52, 3_000, 31) / (3_000.2425945 / 35.4136019 * 52)
    assert 0.1 < ratio < 1
