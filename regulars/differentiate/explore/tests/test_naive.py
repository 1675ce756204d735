"""Whatever was sold and given back, the columns answer what plain Python answers."""

import json
from datetime import date

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from regulars.differentiate.explore.answering import rows_of
from regulars.differentiate.explore.catalogue import common_dimensions, measures
from regulars.differentiate.explore.compilation import WHOLE, compiled
from regulars.differentiate.explore.dimensions.fields import dimension_of
from regulars.differentiate.explore.period import period_from
from regulars.differentiate.explore.question import Condition, Question, check
from regulars.differentiate.explore.question import why_not as refused
from regulars.differentiate.explore.tests.ledger import OTHER_BRAND, Ledger, day
from regulars.differentiate.explore.tests.naive import OF_FACT, OF_PERSON, OF_PRODUCT, Naive
from regulars.differentiate.explore.wrong import NotAQuestion
from regulars.identify.customers.public import Field

pytestmark = pytest.mark.once

FIELDS = (
    Field(key="leaf", label="Leaf", kind="text"),
    Field(key="member", label="M", kind="yes_no"),
)
DIMENSIONS = {**common_dimensions(), **{f"field.{one.key}": dimension_of(one) for one in FIELDS}}
VALUES = {"branch": "1", "channel": "web", "coupon": "SPRING", "cell": "active/new", "r": "5",
          "recency_state": "silent", "frequency_state": "regular", "due": "later", "f": "1",
          "m": "3", "city": "Leeds", "region": "Yorkshire", "country": "GB", "source": "web",
          "gender": "female", "age": "25", "language": "en", "field.leaf": "green",
          "field.member": "true", "product": "1", "maker": "Kyusu", "category": "Tea",
          "category_2": "Tea / Green", "category_path": "Tea / Green / Sencha", "customer": "2",
          "order": "3", "home_branch": "2", "day": "2025-01-20", "week": "2025-01-20",
          "month": "2025-02-01", "quarter": "2025-01-01", "year": "2025-01-01", "weekday": "3",
          "cohort": "2025-01-01", "cohort_year": "2025"}  # fmt: skip
WHO = st.one_of(st.none(), st.integers(1, 5))
LINE = st.tuples(
    st.one_of(st.none(), st.integers(1, 4)), st.sampled_from([1.0, 2.0, 0.5]), st.integers(-50, 900)
)
PROFILES = (
    {"city": "Leeds", "branch_id": 1, "gender": "female", "language": "en", "region": "Yorkshire",
     "country": "GB", "source": "web", "born_on": date(1997, 3, 4),
     "fields": json.dumps({"leaf": "green", "member": True})},
    {"city": "Oslo", "branch_id": 2, "country": "NO", "born_on": date(2010, 1, 21),
     "fields": json.dumps({"leaf": "black", "member": False})},
    {"city": "", "branch_id": None, "gender": "", "fields": "{}"},
    {"city": "Leeds", "branch_id": 2, "language": "zh-hans", "source": "fair"},
)  # fmt: skip


def _shop() -> Ledger:
    """Return four people, a fifth who is one of them, four kinds of product, and another brand."""
    ledger = Ledger()
    for number, profile in enumerate(PROFILES, 1):
        ledger.customer(number, **profile)
    ledger.product(1, cost=100, category="Tea / Green / Sencha", maker="Kyusu")
    ledger.product(2, category="Tea")
    ledger.product(3, cost=0, goods=False, category="Postage")
    ledger.product(4, cost=950)
    ledger.values = {1: (0.75, 2.5, 4200), 2: (0.1, 0.0, 0), 4: (None, None, None)}
    ledger.customer(9, brand=OTHER_BRAND, city="Leeds")
    ledger.product(9, brand=OTHER_BRAND)
    return ledger


@st.composite
def ledgers(draw):
    ledger = _shop()
    ledger.customer(5, alias_of=draw(st.integers(1, 4)))
    sold = st.tuples(
        WHO, st.integers(0, 100), st.lists(LINE, min_size=1, max_size=3),
        st.sampled_from([None, 1, 2]), st.sampled_from(["", "web", "store"]), st.integers(0, 90),
        st.sampled_from(["", "SPRING"]),
    )  # fmt: skip
    for who, on, lines, branch, channel, discount, coupon in draw(st.lists(sold, max_size=14)):
        ledger.order(who, on, lines, branch=branch, channel=channel, discount=discount,
                     coupon=coupon)  # fmt: skip
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
    ledger.order(9, 10, [(9, 1.0, 5000)], brand=OTHER_BRAND, branch=1, channel="web")
    return ledger


@st.composite
def questions(draw):
    by = draw(st.lists(st.sampled_from(list(DIMENSIONS)), max_size=2, unique=True))
    where = draw(st.lists(st.sampled_from(list(DIMENSIONS)), max_size=2, unique=True))
    values = [draw(st.sampled_from([(VALUES[n],), ("",), (VALUES[n], "")])) for n in where]
    periods = [None, {"last": 20, "unit": "day"}, {"last": 1, "unit": "month"}, {"this": "month"},
               {"from": "2025-01-10", "to": "2025-02-20"}]  # fmt: skip
    needed = [DIMENSIONS[name] for name in (*by, *where)]
    fitting = [one for one in measures().values() if not any(refused(one, d) for d in needed)]
    if not fitting:
        return None
    return Question(
        measures=tuple(
            draw(st.lists(st.sampled_from(fitting), min_size=1, max_size=3, unique_by=id))
        ),
        by=tuple(DIMENSIONS[name] for name in by),
        where=tuple(
            Condition(dimension=DIMENSIONS[name], values=chosen, excluded=draw(st.booleans()))
            for name, chosen in zip(where, values, strict=True)
        ),
        period=period_from(draw(st.sampled_from(periods))),
    )


def _agree(ledger, asked, *, on, branches=None):
    """Ask all questions of one data set, in columns and in plain Python."""
    told = 0
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
            _equal(rows_of(compiled(question, scope, limit=1000), question), naive, question)
            told += 1
    return told


def _equal(rows, naive, question):
    found = {() if level == WHOLE else row.keys: dict(row.figures) for level, row in rows}
    expected = naive.answer(question)
    for key, figures in expected.items():
        assert found.get(key) == pytest.approx(figures, abs=1e-5), (question.as_dict(), key)
    extra = set(found) - set(expected) - {()}
    assert not [key for key in extra if any(found[key].values())], question.as_dict()


@settings(max_examples=8, deadline=None, phases=[Phase.explicit, Phase.generate])
@given(ledgers(), st.lists(questions(), min_size=8, max_size=14), st.integers(20, 140),
       st.sampled_from([None, frozenset({2})]))  # fmt: skip
def test_answers_equal_a_naive_evaluation(ledger, asked, on, branches):
    _agree(ledger, [one for one in asked if one], on=on, branches=branches)


def test_every_measure_by_every_dimension_equals_a_naive_evaluation():
    ledger = _shop()
    ledger.customer(5, alias_of=2)
    sold = ((1, 0, [(1, 2.0, 900), (3, 1.0, 350)], 1, "web", 40, "SPRING"),
            (1, 19, [(2, 1.0, 400), (4, 1.0, 800)], 2, "store", 0, ""),
            (1, 60, [(1, 0.5, 300)], 1, "", 0, ""), (2, 19, [(None, 1.0, 500)], 2, "web", 0, ""),
            (5, 45, [(2, 3.0, 1200)], None, "store", 90, "SPRING"),
            (None, 45, [(1, 1.0, 450)], 2, "store", 0, ""), (3, 59, [(4, 1.0, -50)], 1, "", 0, ""),
            (4, 70, [(1, 1.0, 450)], 2, "web", 0, ""))  # fmt: skip
    for who, on, lines, branch, channel, discount, coupon in sold:
        ledger.order(who, on, lines, branch=branch, channel=channel, discount=discount,
                     coupon=coupon)  # fmt: skip
    ledger.refund(1, 25, 300, product=1, customer=1, branch=1, matched=250, named=True)
    ledger.refund(8, 71, 450, product=1, customer=4, branch=2, matched=450)
    ledger.refund(None, 30, 70, customer=1)
    assert set(DIMENSIONS) == set(OF_PERSON) | set(OF_PRODUCT) | set(OF_FACT)
    asked = [
        Question(measures=tuple(fitting), by=(dimension,))
        for dimension in DIMENSIONS.values()
        if (fitting := [one for one in measures().values() if not refused(one, dimension)])
    ]
    assert {one.key for question in asked for one in question.measures} == set(measures())
    assert _agree(ledger, asked, on=75) == len(asked)
