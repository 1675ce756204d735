"""The simulator knows the truth; the models find it in what its customers did (T1)."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from regulars.differentiate.value import beta_geometric, gamma_gamma
from regulars.differentiate.value.summary import Summary
from regulars.simulate.public import SHOPS, History, Shop, simulate

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


def assert_recovered(off: np.ndarray) -> None:
    """Judge deviations in standard errors, of shape (seeds, parameters).

    The mean over all seeds must lie within three of its own standard errors. Of single estimates
    one in 370 lies further than three away by right: at most one of a parameter may, none by four.
    """
    assert np.abs(off.mean(axis=0)).max() < 3 / np.sqrt(SEEDS)
    assert (np.abs(off) > 3).sum(axis=0).max() <= 1
    assert np.abs(off).max() < 4


@pytest.mark.parametrize("modified", [False, True])
def test_the_true_process_is_recovered_within_three_standard_errors(modified):
    truth = SEGMENT.process
    true = np.array([truth.r, truth.alpha / 7, truth.a, truth.b])
    simulated = shop(may_leave_at_once=modified)
    off = []
    for seed in range(SEEDS):
        history = simulate(simulated, size=SIZE, seed=seed, years=2.0, until=date(2026, 1, 1))
        fit = beta_geometric.fit(purchases(history)[0], modified=modified)[1]
        off.append((fit.parameters - true) / fit.standard_errors)
    assert_recovered(np.array(off))


def test_the_true_spending_is_recovered_within_three_standard_errors():
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
    assert_recovered(np.array(off))
