"""Whatever was sold and given back, the columns answer what plain Python answers."""

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from regulars.differentiate.explore.answering import rows_of
from regulars.differentiate.explore.catalogue import common_dimensions, measures
from regulars.differentiate.explore.compilation import WHOLE, compiled
from regulars.differentiate.explore.period import period_from
from regulars.differentiate.explore.question import Condition, Question, check
from regulars.differentiate.explore.tests.ledger import OTHER_BRAND, Ledger, day
from regulars.differentiate.explore.tests.naive import Naive
from regulars.differentiate.explore.wrong import NotAQuestion

DIMENSIONS = ("day", "month", "weekday", "branch", "channel", "cell", "cohort", "city",
              "home_branch", "product", "category")  # fmt: skip
MEASURES = ("customers", "visits", "visits_per_customer", "newcomers", "repeat_share", "people",
            "orders", "buyers", "net_revenue", "refunded", "refund_rate", "average_order", "units",
            "items_per_order", "discount_share", "gross_margin")  # fmt: skip
VALUES = {"branch": "1", "channel": "web", "cell": "active/new", "city": "Leeds", "product": "1",
          "category": "Tea", "home_branch": "2", "month": "2025-02-01", "weekday": "3",
          "day": "2025-01-20", "cohort": "2025-01-01"}  # fmt: skip
WHO = st.one_of(st.none(), st.integers(1, 5))
LINE = st.tuples(
    st.one_of(st.none(), st.integers(1, 4)), st.sampled_from([1.0, 2.0, 0.5]), st.integers(-50, 900)
)


@st.composite
def ledgers(draw):
    ledger = Ledger()
    for number, (city, branch) in enumerate([("Leeds", 1), ("Oslo", 2), ("", None), ("Leeds", 2)]):
        ledger.customer(number + 1, city=city, branch_id=branch)
    ledger.customer(5, alias_of=draw(st.integers(1, 4)))
    ledger.product(1, cost=100, category="Tea / Green")
    ledger.product(2, category="Tea")
    ledger.product(3, cost=0, goods=False, category="Postage")
    sold = st.tuples(
        WHO, st.integers(0, 100), st.lists(LINE, min_size=1, max_size=3),
        st.sampled_from([None, 1, 2]), st.sampled_from(["", "web", "store"]), st.integers(0, 90),
    )  # fmt: skip
    for who, on, lines, branch, channel, discount in draw(st.lists(sold, max_size=14)):
        ledger.order(who, on, lines, branch=branch, channel=channel, discount=discount)
    orders = list(ledger.rows["orders"])
    back = st.tuples(st.integers(0, 30), st.integers(0, 40), st.integers(1, 900), st.booleans(),
                     st.booleans(), st.sampled_from([None, 1, 2]))  # fmt: skip
    for nth, later, part, more, named, product in draw(st.lists(back, max_size=6 if orders else 0)):
        order = orders[nth % len(orders)]
        ledger.refund(
            order["id"], (order["placed_on"] - day(0)).days + later, part + 50 * more,
            customer=order["customer_id"], branch=order["branch_id"], matched=part, named=named,
            product=product,
        )  # fmt: skip
    ledger.refund(None, 30, 70, customer=1)
    ledger.customer(9, brand=OTHER_BRAND, city="Leeds")
    ledger.product(9, brand=OTHER_BRAND)
    ledger.order(9, 10, [(9, 1.0, 5000)], brand=OTHER_BRAND, branch=1, channel="web")
    return ledger


@st.composite
def questions(draw):
    known = common_dimensions()
    by = draw(st.lists(st.sampled_from(DIMENSIONS), max_size=2, unique=True))
    where = draw(st.lists(st.sampled_from(DIMENSIONS), max_size=2, unique=True))
    values = [draw(st.sampled_from([(VALUES[n],), ("",), (VALUES[n], "")])) for n in where]
    periods = [None, {"last": 20, "unit": "day"}, {"last": 1, "unit": "month"}, {"this": "month"},
               {"from": "2025-01-10", "to": "2025-02-20"}]  # fmt: skip
    return Question(
        measures=tuple(measures()[name] for name in draw(
            st.lists(st.sampled_from(MEASURES), min_size=1, max_size=3, unique=True)
        )),
        by=tuple(known[name] for name in by),
        where=tuple(
            Condition(dimension=known[name], values=chosen, excluded=draw(st.booleans()))
            for name, chosen in zip(where, values, strict=True)
        ),
        period=period_from(draw(st.sampled_from(periods))),
    )  # fmt: skip


@settings(max_examples=12, deadline=None, phases=[Phase.explicit, Phase.generate])
@given(ledgers(), st.lists(questions(), min_size=4, max_size=8), st.integers(20, 140),
       st.sampled_from([None, frozenset({2})]))  # fmt: skip
def test_answers_equal_a_naive_evaluation(ledger, asked, on, branches):
    with ledger.scope(on=on, branch_ids=branches) as scope:
        state = {
            r["customer_id"]: r
            for r in scope.kept.computed("customer_metrics").to_pyarrow().to_pylist()
        }
        naive = Naive(ledger, day(on), state, branches)
        for question in asked:
            try:
                check(question)
            except NotAQuestion:
                continue
            told = rows_of(compiled(question, scope, limit=1000), question)
            found = {() if level == WHOLE else row.keys: dict(row.figures) for level, row in told}
            expected = naive.answer(question)
            for key, figures in expected.items():
                assert found.get(key) == pytest.approx(figures, abs=1e-5), (question.as_dict(), key)
            extra = set(found) - set(expected) - {()}
            assert not [key for key in extra if any(found[key].values())], question.as_dict()
