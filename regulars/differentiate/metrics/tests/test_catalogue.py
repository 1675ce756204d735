"""Every metric is declared once, and what is declared is computed."""

from datetime import date

import pytest
from django.utils.translation import override

from regulars.differentiate.metrics.catalogue import METRICS, Kind, say_cell
from regulars.differentiate.metrics.tests.ledger import Ledger
from regulars.organization.public import Brand

INSIDE = {
    "customer_id", "branch_id", "created_at", "interval_days", "value_minor", "matched_minor",
    "unmatched_refund_minor", "visits_before", "last_visit_on_before",
}  # fmt: skip
"""What the computation needs, and nobody is asked about."""
POUNDS = Brand(currency="GBP")


def test_each_column_is_declared_or_kept_inside():
    shop = Ledger()
    shop.visits(1, 0, 10)
    assert set(shop.people(on=20)[1]) - INSIDE == set(METRICS)


def test_each_value_a_state_can_have_has_a_word():
    shop = Ledger()
    for who, days in enumerate(([0], [0, 5], [0, 100, 200], [190, 195], range(100, 210, 10)), 1):
        shop.visits(who, *days)
    for row in shop.people(on=210).values():
        for key, metric in METRICS.items():
            if metric.states and row[key] is not None:
                assert metric.say(row[key], POUNDS)


@pytest.mark.parametrize(
    ("key", "value", "said", "in_chinese"),
    [
        ("net_minor", 123_456, "£1,234.56", "£1,234.56"),
        ("visits", 1234, "1,234", "1,234"),
        ("cadence_days", 7.5, "7.5 days", "7.5 天"),
        ("first_visit_on", date(2025, 3, 4), "4 Mar 2025", "2025年3月4日"),
        ("cell", "active/second-time", "active · second-time", "活跃 · 二次客"),
        ("due_state", "overdue", "overdue", "逾期未来"),
        ("net_minor", None, "", ""),
    ],
)
def test_a_value_is_said_in_both_languages(key, value, said, in_chinese):
    assert METRICS[key].say(value, POUNDS) == said
    with override("zh-hans"):
        assert METRICS[key].say(value, POUNDS) == in_chinese


def test_labels_and_sentences_are_there_in_both_languages():
    for metric in METRICS.values():
        english = [str(metric.label), str(metric.phrase), str(metric.sentence)]
        assert all(english)
        with override("zh-hans"):
            chinese = [str(metric.label), str(metric.phrase), str(metric.sentence)]
        assert not set(english) & set(chinese)
        assert metric.states or metric.kind is not Kind.STATE


def test_what_is_no_cell_has_no_words():
    assert say_cell("active") == say_cell("fan/active") == ""
