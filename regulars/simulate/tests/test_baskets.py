import numpy as np
import pytest

from regulars.simulate.arrays import DAY, firsts
from regulars.simulate.history import simulate
from regulars.simulate.purchases import STRANGER
from regulars.simulate.shop import Spend
from regulars.simulate.shops import SHOPS
from regulars.simulate.tests.histories import UNLIKELY, UNTIL, distance, history, plain, runs


@pytest.mark.parametrize("slug", SHOPS)
def test_lines_add_up_to_the_order(slug):
    for run in runs(slug):
        total = np.bincount(run.lines.order, run.lines.amount, len(run.orders)).astype(np.int64)
        assert (total == run.orders.value).all()
        assert (run.lines.amount > 0).all()
        assert (run.lines.quantity > 0).all()


@pytest.mark.parametrize("slug", SHOPS)
def test_quantity_times_price_is_the_amount_before_discount(slug):
    shelf = history(slug).shelf
    for run in runs(slug):
        price = shelf.price_at(run.lines.good, run.orders.at[run.lines.order])
        weighed = shelf.loose[run.lines.good]
        gap = np.abs(run.lines.quantity * price - run.lines.amount - run.lines.discount)
        assert (gap[~weighed] < 0.5).all()
        assert (gap[weighed] <= 0.001 * price[weighed]).all()  # a scale shows three decimals


def test_discounts_are_those_of_the_codes():
    [run] = runs()
    used = run.promotion >= 0
    rates = np.array([promotion.rate for promotion in SHOPS["teahouse"].promotions])
    discount = np.bincount(run.lines.order, run.lines.discount, len(run.orders))
    assert used.any()
    assert (discount[~used] == 0).all()
    share = discount[used] / (discount[used] + run.orders.value[used])
    assert np.abs(share - rates[run.promotion[used]]).mean() < 0.005


def test_no_product_is_twice_in_a_basket():
    [run] = runs()
    assert firsts(np.sort(run.lines.order * 10_000 + run.lines.good)).all()


def test_order_values_follow_gamma_gamma():
    spend = Spend(p=1.0, q=3.0, gamma=40.0)  # marginally Lomax, whose distribution is closed
    found = simulate(plain(spend=spend), size=6_000, seed=4, years=2, until=UNTIL)
    value = np.concatenate([run.orders.value[run.orders.nth == 0] for run in found.runs()]) / 100
    assert distance(value, lambda z: 1 - (40.0 / (40.0 + z)) ** 3.0) < UNLIKELY


def test_orders_vary_around_what_the_customer_spends():
    people = history("plain").people
    ratios = []
    for run in runs("plain"):
        known = run.orders.customer != STRANGER
        expected = people.order_value[run.orders.customer[known]] * 100
        ratios.append(run.orders.value[known] / expected)
    ratio = np.concatenate(ratios)
    assert abs(ratio.mean() - 1) < 4 * ratio.std() / np.sqrt(len(ratio)) + 0.001
    assert abs(ratio.var() - 1 / 6.0) < 0.01  # Gamma(p)/p varies by 1/p


def test_order_value_does_not_depend_on_how_often_one_comes():
    people = history("plain", size=20_000).people
    usual = ~people.wholesale
    assert abs(np.corrcoef(people.order_value[usual], people.rate[usual])[0, 1]) < 0.03


def test_wholesale_buyers_are_few_and_large():
    people = history(size=20_000).people
    assert 0.006 < people.wholesale.mean() < 0.014
    usual = people.order_value[~people.wholesale].mean()
    assert people.order_value[people.wholesale].mean() > 8 * usual


def test_people_refill_a_favourite_when_the_jar_is_empty():
    found, [run] = history(), runs()
    people, customer = found.people, run.orders.customer[run.lines.order]
    favourite = (customer != STRANGER) & (run.lines.good == people.favourites[customer, 1])
    who, good = customer[favourite], run.lines.good[favourite]
    at = run.orders.at[run.lines.order][favourite]
    order = np.lexsort((at, who))
    who, good, at = who[order], good[order], at[order]
    gap = np.diff(at)[who[1:] == who[:-1]] / DAY
    cycle = (found.shelf.cycle[good] * people.speed[who])[1:][who[1:] == who[:-1]]
    often = people.rate[who[1:]][who[1:] == who[:-1]] * cycle > 3
    assert often.sum() > 100
    assert 0.8 < np.median(gap[often] / cycle[often]) < 1.3
