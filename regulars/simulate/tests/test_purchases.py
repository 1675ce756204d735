from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest

from regulars.simulate.arrays import DAY, firsts
from regulars.simulate.history import History, simulate
from regulars.simulate.purchases import NEVER, STRANGER
from regulars.simulate.season import acquisition, paces
from regulars.simulate.shop import Process
from regulars.simulate.shops import SHOPS
from regulars.simulate.tests.histories import (
    UNLIKELY,
    UNTIL,
    distance,
    distance_between,
    history,
    plain,
)


def _lived(process: Process, *, size: int) -> History:
    return simulate(plain(process=process), size=size, seed=5, years=2, until=UNTIL)


def _summary(found: History):
    """Return repeats, days from first to last purchase, and days observed, by customer."""
    last = np.zeros(len(found.people), dtype=np.int64)
    np.maximum.at(last, found.purchases.customer, found.purchases.at)
    joined = found.people.joined_at
    observed = int(found.until.timestamp()) - joined
    return found.lives.repeats, (last - joined) / DAY, observed / DAY


def _one_by_one(process: Process, observed: np.ndarray):
    """Live the process naively, one purchase after the other."""
    rng = np.random.default_rng(9)
    repeats, lasts = [], []
    for days in observed:
        rate, leave = rng.gamma(process.r) / process.alpha, rng.beta(process.a, process.b)
        passed, count, last = 0.0, 0, 0.0
        gone = process.may_leave_at_once and rng.random() < leave
        while not gone:
            passed += rng.exponential() / rate
            if passed > days:
                break
            count, last, gone = count + 1, passed, rng.random() < leave
        repeats.append(count)
        lasts.append(last)
    return np.array(repeats), np.array(lasts)


@pytest.mark.parametrize("at_once", [False, True], ids=["BG/NBD", "MBG/NBD"])
def test_customers_live_the_process_as_if_one_by_one(at_once):
    process = Process(r=0.8, alpha=40.0, a=0.9, b=2.5, may_leave_at_once=at_once)
    repeats, last, observed = _summary(_lived(process, size=4_000))
    naive_repeats, naive_last = _one_by_one(process, observed)
    assert distance_between(repeats, naive_repeats) < UNLIKELY
    assert distance_between(last, naive_last) < UNLIKELY


def test_the_share_without_a_repeat_is_that_of_the_formula():
    process = Process(r=0.6, alpha=70.0, a=1.0, b=3.0)
    repeats, _, observed = _summary(_lived(process, size=20_000))
    expected = (process.alpha / (process.alpha + observed)) ** process.r
    error = np.sqrt((expected * (1 - expected)).sum()) / len(repeats)
    assert abs((repeats == 0).mean() - expected.mean()) < 3.5 * error


def test_rates_and_dropouts_follow_their_distributions():
    people = _lived(Process(r=1.0, alpha=50.0, a=1.7, b=1.0), size=20_000).people
    assert distance(people.rate, lambda rate: 1 - np.exp(-50.0 * rate)) < UNLIKELY
    assert distance(people.dropout, lambda p: p**1.7) < UNLIKELY


def test_nobody_buys_after_they_left():
    found = history()
    known = found.purchases.customer != STRANGER
    left_at = found.lives.left_at[found.purchases.customer[known]]
    assert (left_at != NEVER).any()
    assert ((left_at == NEVER) | (found.purchases.at[known] <= left_at)).all()


def test_those_who_left_left_with_their_last_purchase():
    found = history()
    last = np.full(len(found.people), NEVER)
    known = found.purchases.customer != STRANGER
    np.maximum.at(last, found.purchases.customer[known], found.purchases.at[known])
    gone = found.lives.left_at != NEVER
    assert (found.lives.left_at[gone] == last[gone]).all()


def test_nothing_happens_before_the_opening_or_after_the_end():
    found = history()
    end = int(found.until.timestamp())
    assert found.purchases.at.min() >= found.hours.start
    assert found.purchases.at.max() < end
    assert found.people.joined_at.max() < end


def test_until_may_be_an_instant_in_the_middle_of_a_day():
    until = datetime(2026, 11, 22, 14, 30, tzinfo=UTC)
    found = simulate(SHOPS["teahouse"], size=2_000, seed=1, years=3, until=until)
    assert found.purchases.at.max() < until.timestamp()
    assert (found.hours.local_day(found.purchases.at) == found.hours.day[-1]).any()


def test_purchases_are_in_order_and_know_the_one_before():
    found = history().purchases
    assert (np.diff(found.at) >= 0).all()
    order = np.lexsort((np.arange(len(found)), found.customer))
    customer, at, before = found.customer[order], found.at[order], found.before[order]
    again = ~firsts(customer) & (customer != STRANGER)
    assert (before[again] == np.roll(at, 1)[again]).all()
    assert (before[~again] == NEVER).all()


def test_people_come_at_the_pace_of_the_shop():
    found = history(size=20_000)
    coming = acquisition(found.shop, found.hours)
    share = coming.until(found.people.joined_at.astype(float)) / coming.whole
    assert distance(share, lambda passed: passed) < UNLIKELY


def test_in_the_shops_own_time_repeats_are_spread_evenly():
    faithful = tuple(
        replace(kind, process=replace(kind.process, a=1e-6, b=1e6))
        for kind in SHOPS["teahouse"].segments
    )
    shop = replace(SHOPS["teahouse"], segments=faithful, strangers=0.0, upheavals=())
    found = simulate(shop, size=1_500, seed=3, years=3, until=UNTIL)
    bought = found.purchases
    for habit, pace in enumerate(paces(shop, found.hours)):
        chosen = (found.people.habit[bought.customer] == habit) & (bought.nth > 0)
        began = pace.until(found.people.joined_at[bought.customer[chosen]].astype(float))
        now = pace.until(bought.at[chosen].astype(float))
        assert chosen.sum() > 1_000
        share = (now - began) / (pace.whole - began)
        assert distance(share, lambda passed: passed) < UNLIKELY


def test_the_rooms_are_shut_at_night():
    found = history()
    hour = found.hours.hour[(found.purchases.at - found.hours.start) // 3600]
    strangers = found.purchases.customer == STRANGER
    assert set(np.unique(hour[strangers])) <= set(range(9, 19))


def test_the_week_before_christmas_is_the_busiest():
    found = history()
    weeks = found.hours.local_day(found.purchases.at) // 7
    each = np.bincount(weeks - weeks.min())
    busiest = np.datetime64((int(each.argmax()) + int(weeks.min())) * 7, "D")
    assert str(busiest)[5:] >= "12-09"
    assert each.max() > 2 * np.median(each[-52:])


def test_those_who_never_buy_are_known_and_have_no_order():
    found = history()
    silent = np.flatnonzero(~found.people.buys)
    assert 0.03 < len(silent) / len(found.people) < 0.07
    assert not np.isin(found.purchases.customer, silent).any()


def test_strangers_buy_their_share():
    share = (history(size=20_000).purchases.customer == STRANGER).mean()
    assert abs(share - 0.1 / 1.1) < 0.01


def test_summer_time_is_known():
    hours = history().hours
    assert set(hours.offset[hours.month == 6]) == {3600}
    assert set(hours.offset[hours.month == 0]) == {0}
