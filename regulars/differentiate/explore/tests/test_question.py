"""What can be asked, and how it is refused."""

from datetime import date

import pytest

from regulars.differentiate.explore.answering import rows_of
from regulars.differentiate.explore.catalogue import common_dimensions, measures
from regulars.differentiate.explore.compilation import WHOLE, compiled
from regulars.differentiate.explore.dimension import OTHERS
from regulars.differentiate.explore.period import period_from
from regulars.differentiate.explore.question import Question, question_from
from regulars.differentiate.explore.tests.ledger import Ledger
from regulars.differentiate.explore.wrong import NotAQuestion

WRONG = [
    ([], "question", "object"),
    ({}, "measures", "at least one"),
    ({"measures": ["profit"]}, "measures[0]", "net_revenue"),
    ({"measures": ["orders"] * 2}, "measures", "once"),
    ({"measures": ["orders"], "by": ["moon"]}, "by[0]", "month"),
    ({"measures": ["orders"], "by": ["month", "day", "year"]}, "by", "at most 2"),
    ({"measures": ["average_order"], "by": ["maker"]}, "by[0]", "several products"),
    ({"measures": ["people"], "by": ["month"]}, "by[0]", "how people stand"),
    ({"measures": ["orders"], "where": [{"dimension": "branch"}]}, "where[0]", "is"),
    ({"measures": ["orders"], "where": [{"dimension": "branch", "is": []}]}, "where[0].is", "one"),
    ({"measures": ["orders"], "where": [{"dimension": "branch", "is": ["Soho"]}]},
     "where[0].is[0]", "Soho"),
    ({"measures": ["orders"], "period": {"last": 0}}, "period.last", "1 to"),
    ({"measures": ["orders"], "period": {"from": "2025-02-30"}}, "period.from", "2025-11-20"),
    ({"measures": ["orders"], "period": {"from": "2025-02-02", "to": "2025-01-01"}},
     "period.to", "before"),
    ({"measures": ["orders"], "compare": True}, "compare", "all days"),
    ({"measures": ["orders"], "top": True}, "top", "whole number"),
    ({"measures": ["orders"], "show": "pie"}, "show", "bars"),
    ({"measures": ["orders"], "colour": "red"}, "colour", "measures"),
]  # fmt: skip


@pytest.mark.parametrize(("told", "at", "says"), WRONG)
def test_nonsense_is_refused_at_its_place(teahouse, told, at, says):
    with pytest.raises(NotAQuestion) as refused:
        question_from(told, brand=teahouse)
    assert refused.value.at == at
    assert says in refused.value.sentence


def test_a_question_is_read_back_as_it_was_written(teahouse):
    told = {
        "measures": ["net_revenue", "customers"],
        "by": ["month", "channel"],
        "where": [{"dimension": "cell", "is_not": ["active/fan", ""]}],
        "period": {"last": 3, "unit": "quarter"},
        "compare": True,
        "top": 5,
        "show": "heat",
    }
    assert question_from(told, brand=teahouse).as_dict() == told


@pytest.mark.parametrize(
    ("told", "span", "before"),
    [
        ({"last": 30, "unit": "day"}, ("10-22", "11-20"), ("09-22", "10-21")),
        ({"last": 1, "unit": "month"}, ("10-01", "10-31"), ("09-01", "09-30")),
        ({"last": 1, "unit": "week"}, ("11-10", "11-16"), ("11-03", "11-09")),
        ({"this": "month"}, ("11-01", "11-20"), ("10-01", "10-20")),
        ({"last": 1, "unit": "quarter"}, ("07-01", "09-30"), ("04-01", "06-30")),
        ({"from": "2025-03-01", "to": "2025-03-10"}, ("03-01", "03-10"), ("02-19", "02-28")),
    ],
)
def test_periods_end_with_what_is_over(told, span, before):
    period = period_from(told)
    as_of = date(2025, 11, 20)
    for found, expected in (
        (period.span(as_of=as_of), span), (period.before(as_of=as_of), before),
    ):  # fmt: skip
        assert (f"{found.first_on:%m-%d}", f"{found.last_on:%m-%d}") == expected


@pytest.fixture
def ledger():
    ledger = Ledger()
    for number, city in ((1, "Leeds"), (2, "Oslo"), (3, "Bern"), (4, "")):
        ledger.customer(number, city=city)
        ledger.order(number, number, [(None, 1.0, 100 * number)])
        ledger.order(number, 40, [(None, 1.0, 100)])
    return ledger


def ask(ledger, *names, on=59, **asked):
    dimensions = [common_dimensions()[name] for name in asked.pop("by", ())]
    chosen = tuple(measures()[name] for name in names)
    question = Question(measures=chosen, by=tuple(dimensions), **asked)
    with ledger.scope(on=on) as scope:
        told = rows_of(compiled(question, scope, limit=99), question)
    return {() if level == WHOLE else row.keys: row for level, row in told}


def test_the_largest_are_shown_and_the_rest_together(ledger):
    found = ask(ledger, "net_revenue", "customers", by=("city",), top=2)
    assert {keys: tuple(row.figures.values()) for keys, row in found.items()} == {
        ("Bern",): (400, 1), ("Oslo",): (300, 1), (OTHERS,): (200, 1), ("",): (500, 1),
        (): (1400, 4),
    }  # fmt: skip


def test_the_period_before_stands_beside(ledger):
    period = period_from({"last": 1, "unit": "month"})
    found = ask(ledger, "orders", by=("month",), period=period, compare=True, on=58)
    row = found["2025-02-01",]
    assert (row.figures["orders"], row.before["orders"]) == (4, 4)
    assert found[()].before == {"orders": 4}


def test_who_buys_two_things_is_one_customer(ledger):
    ledger.product(1, category="Tea")
    ledger.product(2, category="Cups")
    ledger.order(1, 41, [(1, 1.0, 10), (2, 1.0, 10), (1, 2.0, 20)])
    found = ask(ledger, "customers", "orders", "units", by=("category",))
    assert dict(found["Tea",].figures) == {"customers": 1, "orders": 1, "units": 3}
    assert dict(found[()].figures) == {"customers": 4, "orders": 9, "units": 12}
