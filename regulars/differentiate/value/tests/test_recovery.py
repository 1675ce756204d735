"""The simulator knows the truth; the models find it in what its customers did (T1)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from scipy import stats

from regulars.differentiate.value import beta_geometric, bg_bb, gamma_gamma, pareto_nbd
from regulars.differentiate.value.beta_geometric import BetaGeometric
from regulars.differentiate.value.bg_bb import BGBB
from regulars.differentiate.value.likelihood import Fit
from regulars.differentiate.value.pareto_nbd import ParetoNBD
from regulars.differentiate.value.purchases import Purchases
from regulars.differentiate.value.summary import Summary
from regulars.simulate.public import SHOPS, History, Shop, simulate

pytestmark = pytest.mark.once

SEEDS, SIZE, WEEK = 20, 2_000, 7 * 86_400
PLAIN = SHOPS["plain"]
SEGMENT = PLAIN.segments[0]


def shop(*, may_leave_at_once: bool) -> Shop:
    process = replace(SEGMENT.process, may_leave_at_once=may_leave_at_once)
    return replace(PLAIN, wholesale=0.0, segments=(replace(SEGMENT, process=process),))


def purchases(history: History) -> tuple[Summary, np.ndarray]:
    """Histories to the second, as the process knows no days; and who made each purchase."""
    known = history.purchases.customer >= 0
    who, at = history.purchases.customer[known], history.purchases.at[known].astype(float)
    x = np.bincount(who) - 1
    first, last = np.full(len(x), np.inf), np.zeros(len(x))
    np.minimum.at(first, who, at)
    np.maximum.at(last, who, at)
    ends = history.until.timestamp()
    came = x >= 0
    return Summary.of(x[came], (last - first)[came] / WEEK, (ends - first[came]) / WEEK), who


Say = Callable[[str, object], None]
Found = tuple[Fit, float]  # a fit, and the log-likelihood of the truth


def assert_recovered(found: list[Found], true: np.ndarray, model: str, say: Say) -> None:
    """Judge fits of as many seeds, and say what was found; thresholds are those of chance.

    Every estimate lies within three standard errors, in logarithms, in which models are fitted and
    the likelihood is about round; of 80, one further away comes once in five times by right. In
    plain units, where it is lopsided, four of 80 come once in 14 000 times. The deviations of each
    parameter are like a standard normal: by Kolmogorov and Smirnov's test, by their mean and by
    their sum of squares, which tells errors that are too small or too large. Twice the logarithm
    by which the estimate is likelier than the truth is like chi-square of all parameters together:
    no way of writing them down changes that.
    """
    estimates = np.array([fit.parameters for fit, _truth in found])
    errors = np.array([fit.standard_errors for fit, _truth in found])
    off = np.log(estimates / true) * estimates / errors
    plain = (estimates - true) / errors
    likelier = np.array([2 * (fit.log_likelihood - truth) for fit, truth in found])
    many = stats.chi2(len(true))
    normal = [float(stats.kstest(column, "norm").pvalue) for column in off.T]
    say(f"{model}: furthest from the truth in standard errors", float(np.abs(off).max()))
    say(f"{model}: further than three, in plain units", int((np.abs(plain) > 3).sum()))
    say(f"{model}: chance of such deviations, by parameter", normal)
    say(f"{model}: chance of such likelihoods", float(stats.kstest(likelier, many.cdf).pvalue))
    assert len(found) == SEEDS
    assert np.abs(off).max() < 3
    assert (np.abs(plain) > 3).sum() <= 3
    assert np.abs(off.mean(axis=0)).max() < 3 / np.sqrt(SEEDS)
    least, most = stats.chi2(SEEDS).ppf([0.0005, 0.9995])
    assert ((off**2).sum(axis=0) > least).all()
    assert ((off**2).sum(axis=0) < most).all()
    assert min(normal) > 0.001
    assert likelier.min() > 0
    assert likelier.max() < many.ppf(1 - 0.01 / SEEDS)
    assert stats.kstest(likelier, many.cdf).pvalue > 0.001


def of_truth(model: Purchases, histories: Summary) -> float:
    known = model.log_likelihood(histories.x, histories.t_x, histories.t)
    return float(histories.customers @ known)


@pytest.mark.parametrize("modified", [False, True])
def test_the_true_process_is_recovered_within_three_standard_errors(
    modified, record_testsuite_property
):
    process = SEGMENT.process
    truth = BetaGeometric(process.r, process.alpha / 7, process.a, process.b, modified=modified)
    simulated = shop(may_leave_at_once=modified)
    found = []
    for seed in range(SEEDS):
        history = simulate(simulated, size=SIZE, seed=seed, years=2.0, until=date(2026, 1, 1))
        histories = purchases(history)[0]
        fit = beta_geometric.fit(histories, modified=modified)[1]
        found.append((fit, of_truth(truth, histories)))
    name = "MBG/NBD" if modified else "BG/NBD"
    assert_recovered(found, truth.parameters, name, record_testsuite_property)


def test_the_true_spending_is_recovered(record_testsuite_property):
    spend = SEGMENT.spend
    true = np.array([spend.p, spend.q, 100 * spend.gamma])
    found = []
    for seed in range(SEEDS):
        history = simulate(
            shop(may_leave_at_once=False), size=1_000, seed=seed, years=1.0,
            until=date(2026, 1, 1),
        )  # fmt: skip
        orders = [run.orders for run in history.runs()]
        who = np.concatenate([run.customer for run in orders])
        value = np.concatenate([run.value for run in orders]).astype(float)[who >= 0]
        who = who[who >= 0]
        times = np.bincount(who)
        mean = np.bincount(who, value) / np.maximum(times, 1)
        fit = gamma_gamma.fit(times, mean)[1]
        came = times > 0
        found.append((fit, gamma_gamma.Spent(times[came] * 1.0, mean[came]).sloped(true)[0]))
    assert_recovered(found, true, "Gamma-Gamma", record_testsuite_property)


def test_true_pareto_nbd_is_recovered(record_testsuite_property):
    """Drawn as the model says: the simulator's customers leave after a visit, not between two."""
    truth, found = ParetoNBD(0.8, 6.0, 0.7, 12.0), []
    for seed in range(SEEDS):
        draw = np.random.default_rng(seed)
        t = draw.uniform(52, 104, 1_500)
        rate, leaving = draw.gamma(0.8, 1 / 6.0, t.size), draw.gamma(0.7, 1 / 12.0, t.size)
        there = np.minimum(draw.exponential(1 / leaving), t)
        x = draw.poisson(rate * there)
        t_x = np.where(x > 0, there * draw.beta(np.maximum(x, 1), 1), 0.0)  # the last of x visits
        histories = Summary.of(x, t_x, t)
        found.append((pareto_nbd.fit(histories)[1], of_truth(truth, histories)))
    assert_recovered(found, truth.parameters, "Pareto/NBD", record_testsuite_property)


def test_true_bg_bb_is_recovered(record_testsuite_property):
    truth, chances, found = BGBB(1.2, 0.75, 0.66, 2.8), 8, []
    for seed in range(SEEDS):
        draw = np.random.default_rng(seed)
        buys, leaves = draw.beta(1.2, 0.75, (4_000, 1)), draw.beta(0.66, 2.8, (4_000, 1))
        there = np.cumprod(draw.random((4_000, chances)) >= leaves, axis=1)
        bought = there * (draw.random((4_000, chances)) < buys)
        last = np.where(bought, np.arange(1, chances + 1), 0).max(axis=1)
        histories = Summary.of(bought.sum(axis=1), last, np.full(4_000, chances))
        found.append((bg_bb.fit(histories)[1], of_truth(truth, histories)))
    assert_recovered(found, truth.parameters, "BG/BB", record_testsuite_property)
