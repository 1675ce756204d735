"""The simulator knows the truth; the models find it in what its customers did (T1)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from regulars.differentiate.value import beta_geometric, bg_bb, gamma_gamma, pareto_nbd
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


def assert_recovered(off: np.ndarray, model: str, say: Callable[[str, object], None]) -> None:
    """Judge deviations in standard errors, of shape (seeds, parameters), and say what was found.

    The mean over all seeds must lie within three of its own standard errors. Of single estimates
    one in 370 lies further than three away by right: at most one of a parameter may, none by four.
    Within 1.96 lie nineteen of twenty by right; fewer than fifteen come once in 3000 times.
    """
    within = {limit: (np.abs(off) <= limit).mean(axis=0) for limit in (1.96, 3.0)}
    for limit, shares in within.items():
        say(f"{model}: share of {SEEDS} seeds within {limit} standard errors", shares.tolist())
    assert np.abs(off.mean(axis=0)).max() < 3 / np.sqrt(SEEDS)
    assert within[3.0].min() >= (SEEDS - 1) / SEEDS
    assert within[1.96].min() >= 15 / SEEDS
    assert np.abs(off).max() < 4


@pytest.mark.parametrize("modified", [False, True])
def test_the_true_process_is_recovered_within_three_standard_errors(
    modified, record_testsuite_property
):
    truth = SEGMENT.process
    true = np.array([truth.r, truth.alpha / 7, truth.a, truth.b])
    simulated = shop(may_leave_at_once=modified)
    off = []
    for seed in range(SEEDS):
        history = simulate(simulated, size=SIZE, seed=seed, years=2.0, until=date(2026, 1, 1))
        fit = beta_geometric.fit(purchases(history)[0], modified=modified)[1]
        off.append((fit.parameters - true) / fit.standard_errors)
    assert_recovered(np.array(off), "MBG/NBD" if modified else "BG/NBD", record_testsuite_property)


def test_the_true_spending_is_recovered(record_testsuite_property):
    spend = SEGMENT.spend
    true = np.array([spend.p, spend.q, 100 * spend.gamma])
    off = []
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
        off.append((fit.parameters - true) / fit.standard_errors)
    assert_recovered(np.array(off), "Gamma-Gamma", record_testsuite_property)


def test_true_pareto_nbd_is_recovered(record_testsuite_property):
    """Drawn as the model says: the simulator's customers leave after a visit, not between two."""
    true = np.array([0.8, 6.0, 0.7, 12.0])
    off = []
    for seed in range(SEEDS):
        draw = np.random.default_rng(seed)
        t = draw.uniform(52, 104, 1_500)
        rate, leaving = draw.gamma(0.8, 1 / 6.0, t.size), draw.gamma(0.7, 1 / 12.0, t.size)
        there = np.minimum(draw.exponential(1 / leaving), t)
        x = draw.poisson(rate * there)
        t_x = np.where(x > 0, there * draw.beta(np.maximum(x, 1), 1), 0.0)  # the last of x visits
        fit = pareto_nbd.fit(Summary.of(x, t_x, t))[1]
        off.append((fit.parameters - true) / fit.standard_errors)
    assert_recovered(np.array(off), "Pareto/NBD", record_testsuite_property)


def test_true_bg_bb_is_recovered(record_testsuite_property):
    true, chances = np.array([1.2, 0.75, 0.66, 2.8]), 8
    off = []
    for seed in range(SEEDS):
        draw = np.random.default_rng(seed)
        buys, leaves = draw.beta(1.2, 0.75, (4_000, 1)), draw.beta(0.66, 2.8, (4_000, 1))
        there = np.cumprod(draw.random((4_000, chances)) >= leaves, axis=1)
        bought = there * (draw.random((4_000, chances)) < buys)
        last = np.where(bought, np.arange(1, chances + 1), 0).max(axis=1)
        histories = Summary.of(bought.sum(axis=1), last, np.full(4_000, chances))
        fit = bg_bb.fit(histories)[1]
        off.append((fit.parameters - true) / fit.standard_errors)
    assert_recovered(np.array(off), "BG/BB", record_testsuite_property)
