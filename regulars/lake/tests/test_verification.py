"""Verify finds every way in which the lake could say otherwise than the database."""

import pytest

from regulars.identify.commerce.public import Line, Order, Product
from regulars.lake.public import catch_up, differences
from regulars.lake.tests.facts import odd_facts


@pytest.fixture(autouse=True)
def _mirrored(lake, teahouse, soho):
    odd_facts(teahouse, soho)
    catch_up()


def found() -> set[str]:
    return {f"{one.table}: {one.measure}" for one in differences()}


def test_a_faithful_lake_is_found_so_whatever_odd_values_there_are():
    assert found() == set()


@pytest.mark.parametrize(
    ("change", "measure"),
    [
        ({"net_minor": 7}, "orders: sum of net_minor"),
        ({"customer_id": None}, "orders: the number of customer_id"),
        ({"coupon": "longer than before, surely"}, "orders: sum of coupon"),
        ({"placed_on": "2031-01-01"}, "orders: sum of placed_on"),
        ({"occurred_at": "2031-01-01T00:00:00Z"}, "orders: sum of occurred_at"),
    ],
)
def test_a_row_changed_without_a_revision_is_found(change, measure):
    Order.objects.filter(pk=Order.objects.filter(customer__isnull=False).last().pk).update(**change)
    assert measure in found()


def test_a_fraction_and_a_flag_are_compared_too():
    Line.objects.filter(pk=Line.objects.last().pk).update(quantity="0.777")
    Product.objects.filter(pk=Product.objects.last().pk).update(goods=False)
    assert {"lines: sum of quantity", "products: sum of goods"} <= found()


def test_a_row_deleted_without_a_removal_is_found():
    Line.objects.last().delete()
    assert "lines: the number of rows" in found()
