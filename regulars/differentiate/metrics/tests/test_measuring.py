"""The metrics of small shops, checked by hand."""

from datetime import date

import pytest

from regulars.differentiate.metrics.facts import month_before
from regulars.differentiate.metrics.limits import Limits
from regulars.differentiate.metrics.tests.ledger import BRAND, OTHER_BRAND, Ledger, day

pytestmark = pytest.mark.once


@pytest.fixture
def shop() -> Ledger:
    return Ledger()


def test_two_orders_on_one_day_are_one_visit(shop):
    shop.visits(1, 0, 0, 10)
    one = shop.people(on=20)[1]
    assert (one["visits"], one["orders"], one["net_minor"]) == (2, 3, 3000)
    assert one["average_order_minor"] == 1000


def test_a_day_refunded_to_nothing_is_no_visit_and_the_money_is_gone(shop):
    shop.visits(1, 0)
    bought = shop.order(1, 10, 700)
    shop.refund(1, 30, 700, of=[(bought, 700)])
    one = shop.people(on=40)[1]
    assert (one["visits"], one["net_minor"], one["last_visit_on"]) == (1, 1000, day(0))
    assert (one["refunded_minor"], one["unmatched_refund_minor"]) == (700, 0)


def test_before_the_refund_was_given_the_day_was_a_visit(shop):
    shop.visits(1, 0)
    bought = shop.order(1, 10, 700)
    shop.refund(1, 30, 700, of=[(bought, 700)])
    assert shop.people(on=29)[1]["visits"] == 2
    later = shop.people(on=32)[1]
    assert (later["visits"], later["cell"]) == (1, "active/new")
    assert shop.people(on=45)[1]["cell_before"] == "active/second-time"


def test_part_of_a_refund_leaves_the_visit(shop):
    shop.customer(1)
    bought = shop.order(1, 0, 1000)
    shop.refund(1, 3, 400, of=[(bought, 400)])
    one = shop.people(on=9)[1]
    assert (one["visits"], one["net_minor"]) == (1, 600)


def test_an_unmatched_refund_takes_money_and_no_visit(shop):
    shop.visits(1, 0, 10)
    shop.refund(1, 15, 2500)
    one = shop.people(on=20)[1]
    assert (one["visits"], one["net_minor"], one["unmatched_refund_minor"]) == (2, -500, 2500)


def test_who_only_brought_back_has_no_visit_and_no_cell(shop):
    shop.visits(1, 0)
    shop.customer(2)
    shop.refund(2, 5, 300)
    with shop.measured(on=10) as found:
        two = found.customers.filter(found.customers.customer_id == 2).to_pyarrow().to_pylist()[0]
        crowd = found.summary.crowd
        assert found.summary.concentration.customers == 1
    assert (two["visits"], two["net_minor"], two["cell"], two["r"]) == (0, -300, None, None)
    assert (two["recency_days"], two["due_state"], two["leaving"]) == (None, None, False)
    assert (crowd.customers.people, crowd.without_visit.people) == (1, 1)
    assert (crowd.customers.net_minor, crowd.without_visit.net_minor) == (1000, -300)


def test_the_active_window_is_the_80th_percentile_of_all_intervals_not_rounded(shop):
    shop.visits(1, 0, 10, 30)
    shop.visits(2, 0, 31)
    with shop.measured(on=40) as found:
        summary = found.summary
    assert summary.rhythm.intervals == {10: 1, 20: 1, 31: 1}
    assert summary.window.days == pytest.approx(26.6)
    assert (summary.median_days, summary.window.basis) == (20, "rhythm")


def test_cells_end_on_their_limits(shop):
    shop.visits(9, 0, 10)
    limits = Limits(active_days=10)
    for number, last in enumerate((90, 89, 80, 79, 60, 59), start=1):
        shop.visits(number, last)
    found = shop.people(on=100, limits=limits)
    states = [found[number]["cell"] for number in range(1, 7)]
    assert states == [
        "active/new", "silent/new", "silent/new", "dormant/new", "dormant/new", "churned/new"
    ]  # fmt: skip


def test_new_second_time_regular_and_fan(shop):
    for number, often in enumerate((1, 2, 3, 5, 6, 9), start=1):
        shop.visits(number, *range(often))
    found = shop.people(on=10, limits=Limits(active_days=30))
    states = [found[number]["cell"].partition("/")[2] for number in range(1, 7)]
    assert states == ["new", "second-time", "regular", "regular", "fan", "fan"]


def test_equal_values_get_equal_scores(shop):
    for number in range(1, 7):
        shop.visits(number, 0)
    shop.visits(7, 0, 5)
    found = shop.people(on=10)
    assert {found[number]["f"] for number in range(1, 7)} == {1}
    # six of seven are strictly below: 1 + floor(5 × 6/7)
    assert (found[7]["f"], found[7]["m"], found[7]["r"]) == (5, 5, 5)


def test_three_customers_get_scores_by_the_share_below(shop):
    shop.visits(1, 0, amount=100)
    shop.visits(2, 5, amount=200)
    shop.visits(3, 9, amount=300)
    found = shop.people(on=10)
    assert [found[n]["m"] for n in (1, 2, 3)] == [1, 2, 4]
    assert [found[n]["r"] for n in (1, 2, 3)] == [1, 2, 4]
    assert [found[n]["f"] for n in (1, 2, 3)] == [1, 1, 1]


def test_a_wholesaler_counts_as_one_customer_of_five(shop):
    for number in range(1, 5):
        shop.visits(number, 0, amount=100)
    shop.visits(5, 0, amount=960_000)
    with shop.measured(on=1) as found:
        spread = found.summary.concentration
    assert (spread.top_fifth_people, spread.top_fifth_share) == (1, 960_000 / 960_400)
    assert spread.half_people == 1


def test_cadence_is_ones_own_from_three_visits_and_else_the_shops(shop):
    shop.visits(1, 0, 10, 40)
    shop.visits(2, 0, 30)
    shop.visits(3, 35)
    found = shop.people(on=41)
    assert [found[n]["cadence_days"] for n in (1, 2, 3)] == [20, 30, 30]
    assert [found[n]["due_on"] for n in (1, 2, 3)] == [day(60), day(60), day(65)]


def test_due_within_seven_days_and_overdue_after(shop):
    shop.visits(1, 0, 20, 40)
    states = {on: shop.people(on=on)[1]["due_state"] for on in (52, 53, 60, 61)}
    assert states == {52: "later", 53: "due", 60: "due", 61: "overdue"}


def test_half_a_day_of_cadence_is_rounded_up(shop):
    shop.visits(1, 0, 10, 21)
    assert shop.people(on=22)[1]["due_on"] == day(32)


def test_leaving_in_the_last_seven_days_of_the_window(shop):
    shop.visits(1, 0)
    limits = Limits(active_days=30)
    told = {on: shop.people(on=on, limits=limits)[1]["leaving"] for on in (22, 23, 27, 30, 31)}
    assert told == {22: False, 23: True, 27: True, 30: True, 31: False}
    assert shop.people(on=23, limits=limits)[1]["active_until_on"] == day(30)


def test_movement_is_seen_from_the_lines_of_today(shop):
    shop.visits(1, 0)
    shop.visits(2, 0, 35)
    shop.visits(3, 40)
    with shop.measured(on=45, limits=Limits(active_days=20)) as found:
        moves = {pair: group.people for pair, group in found.summary.crowd.moves.items()}
        before = {c: n for c, n in found.summary.crowd.cells_before.items() if n}
    assert moves == {
        ("active/new", "dormant/new"): 1,
        ("active/new", "active/second-time"): 1,
        (None, "active/new"): 1,
    }
    assert before == {"active/new": 2}


def test_what_aliases_did_counts_as_their_customers(shop):
    shop.visits(1, 0)
    shop.customer(2, alias_of=1)
    bought = shop.order(2, 0, 500)
    shop.order(2, 7, 500)
    shop.refund(2, 9, 500, of=[(bought, 500)])
    found = shop.people(on=10)
    assert set(found) == {1}
    assert (found[1]["visits"], found[1]["net_minor"]) == (2, 1500)


def test_unknown_people_count_for_the_shop_and_for_nobody(shop):
    shop.visits(1, 0)
    shop.order(None, 1, 900)
    with shop.measured(on=5) as found:
        summary = found.summary
    assert summary.crowd.customers.net_minor == 1000
    assert (summary.shop.total.ordered_minor, summary.shop.total.strangers_minor) == (1900, 900)
    assert (summary.shop.total.orders, summary.shop.total.strangers) == (2, 1)


def test_another_brand_is_not_seen(shop):
    shop.visits(1, 0)
    shop.customer(2, brand=OTHER_BRAND)
    shop.order(2, 0, 4000, brand=OTHER_BRAND)
    assert BRAND != OTHER_BRAND
    assert set(shop.people(on=5)) == {1}


def test_facts_after_the_day_are_not_known_yet(shop):
    shop.visits(1, 0, 10)
    shop.customer(2, since=8)
    shop.order(2, 8, 100)
    shop.customer(3, since=9)
    assert set(shop.people(on=5)) == {1}
    assert shop.people(on=5)[1]["visits"] == 1


def test_a_shop_without_orders_has_empty_cells_and_an_assumed_window(shop):
    shop.customer(1)
    with shop.measured(on=5) as found:
        summary = found.summary
        rows = found.customers.to_pyarrow().to_pylist()
    assert [row["customer_id"] for row in rows] == [1]
    assert (summary.window.days, summary.window.basis) == (90, "assumed")
    assert sum(group.people for group in summary.crowd.cells.values()) == 0
    assert (summary.concentration.top_fifth_share, summary.concentration.curve) == (None, ())
    assert (summary.shop.newest_on, summary.stale_days, summary.median_days) == (None, None, None)


def test_one_day_of_history_says_nothing_of_rhythm(shop):
    shop.visits(1, 0)
    shop.visits(2, 0)
    with shop.measured(on=0) as found:
        summary = found.summary
    assert summary.window.basis == "assumed"
    assert summary.crowd.cells["active/new"].people == 2
    assert shop.people(on=0)[1]["due_on"] is None


def test_only_refunds_leave_nobody_with_a_visit(shop):
    shop.customer(1)
    shop.refund(1, 0, 100)
    with shop.measured(on=3) as found:
        crowd = found.summary.crowd
        assert found.summary.shop.total.net_minor == -100
    assert (crowd.customers.people, crowd.without_visit.net_minor) == (0, -100)


def test_cohorts_count_people_once_a_month_and_value_in_full(shop):
    shop.visits(1, 0, 10, 40)  # January, January, February
    shop.visits(2, 5)
    shop.visits(3, 33)
    with shop.measured(on=50) as found:
        rows = found.cohorts.to_pyarrow().to_pylist()
    found_rows = {(r["cohort_on"], r["month_on"]): (r["people"], r["value_minor"]) for r in rows}
    january, february = date(2025, 1, 1), date(2025, 2, 1)
    assert found_rows == {
        (january, january): (2, 3000),
        (january, february): (1, 1000),
        (february, february): (1, 1000),
    }


def test_days_tell_visits_newcomers_and_what_was_given_back(shop):
    shop.visits(1, 0, 3)
    shop.order(None, 3, 50)
    shop.refund(1, 4, 1000)
    with shop.measured(on=4) as found:
        recent = found.summary.shop.recent
    assert (recent[day(0)].visits, recent[day(0)].newcomers) == (1, 1)
    assert (recent[day(3)].visits, recent[day(3)].returning, recent[day(3)].orders) == (1, 1, 2)
    assert (recent[day(3)].ordered_minor, recent[day(4)].net_minor) == (1050, -1000)


def test_a_month_before_the_31st_is_the_last_of_the_month():
    assert month_before(date(2025, 3, 31)) == date(2025, 2, 28)
    assert month_before(date(2025, 1, 15)) == date(2024, 12, 15)
