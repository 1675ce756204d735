"""Whatever happened in a shop, the columns say what plain Python says."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regulars.differentiate.metrics.tests.ledger import Ledger, day
from regulars.differentiate.metrics.tests.naive import Naive

pytestmark = pytest.mark.once

PEOPLE = st.integers(1, 5)
DAYS = st.integers(0, 120)
AMOUNTS = st.integers(-50, 900)


@st.composite
def ledgers(draw):
    ledger = Ledger()
    for number in range(1, 6):
        ledger.customer(number)
    ledger.customer(6, alias_of=draw(PEOPLE))
    who = st.one_of(st.none(), st.integers(1, 6))
    for customer, on, amount in draw(st.lists(st.tuples(who, DAYS, AMOUNTS), max_size=25)):
        ledger.order(customer, on, amount)
    orders = ledger.rows["orders"]
    for nth, later, part, more in draw(
        st.lists(
            st.tuples(st.integers(0, 30), st.integers(0, 60), st.integers(1, 900), st.booleans()),
            max_size=8 if orders else 0,
        )
    ):
        order = orders[nth % len(orders)]
        on = (order["placed_on"] - day(0)).days + later
        ledger.refund(order["customer_id"], on, part + 100 * more, of=[(order["id"], part)])
    return ledger


@settings(max_examples=40, deadline=None)
@given(ledgers(), st.integers(0, 200))
def test_columns_equal_a_naive_evaluation(ledger, on):
    with ledger.measured(on=on) as found:
        rows = {row["customer_id"]: row for row in found.customers.to_pyarrow().to_pylist()}
        summary = found.summary
    naive = Naive(ledger, day(on))
    expected = naive.judged(summary.before)
    assert summary.window.days == naive.active_days()
    seen = {who: {name: rows[who][name] for name in expected[who]} for who in rows}
    assert seen == expected
    came = sorted((row["net_minor"] for row in expected.values() if row["visits"]), reverse=True)
    fifth = -(-len(came) // 5)
    share = sum(came[:fifth]) / sum(came) if sum(came) > 0 else None
    assert summary.concentration.top_fifth_share == share
    ranked = sorted(row["net_rank"] for row in rows.values() if row["net_rank"])
    assert ranked == list(range(1, len(came) + 1))
