from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regulars.identify.commerce.models import Line, Order, Product
from regulars.identify.commerce.public import (
    DiscountAboveGoods,
    NotOfThisBrand,
    OrderOfSomebodyElse,
    Purchase,
    Sold,
    record_order,
)
from regulars.identify.commerce.purchase import frozen_lines
from regulars.identify.customers.public import Customer
from regulars.identify.timeline.public import Event
from regulars.lake.public import Removal
from regulars.organization.public import Branch, Brand

pytestmark = pytest.mark.django_db
NOW = datetime(2025, 6, 1, 23, 30, tzinfo=UTC)
PURCHASE = Purchase(
    source="till",
    number="T-1",
    occurred_at=NOW,
    lines=[
        Sold(sku="sencha", name="Sencha tin", quantity=Decimal(2), amount_minor=2000),
        Sold(sku="cup", name="Cup", quantity=Decimal(1), amount_minor=999, discount_minor=100),
    ],
    discount_minor=300,
    shipping_minor=450,
)


def written() -> list[tuple[str, Decimal, int, int]]:
    rows = Line.objects.order_by("position").select_related("product")
    return [
        (line.product.sku, line.quantity, line.amount_minor, line.discount_minor)
        for line in rows
        if line.product
    ]


def test_an_order_is_written_with_each_lines_share_of_the_discount(
    teahouse: Brand, alice: Customer
) -> None:
    purchase = replace(PURCHASE, customer_id=alice.pk)
    order = record_order(brand=teahouse, purchase=purchase, by=None, now=NOW)
    assert written() == [("sencha", 2, 1800, 200), ("cup", 1, 899, 200)]
    assert (order.net_minor, order.discount_minor, order.shipping_minor) == (2699, 400, 450)
    assert order.placed_on.isoformat() == "2025-06-02"  # half past midnight in London
    assert order.currency == "GBP"
    event = Event.objects.get()
    assert (event.kind, event.value_minor, event.customer_id) == (
        "Order Completed", 2699, alice.pk,
    )  # fmt: skip
    assert event.message_id == "order:T-1"


def test_the_same_order_again_changes_nothing(teahouse: Brand) -> None:
    first = record_order(brand=teahouse, purchase=PURCHASE, by=None, now=NOW)
    again = record_order(brand=teahouse, purchase=PURCHASE, by=None, now=NOW)
    assert (again.pk, again.revision) == (first.pk, first.revision)
    assert (Order.objects.count(), Line.objects.count(), Event.objects.count()) == (1, 2, 1)


def test_what_its_source_says_now_replaces_what_it_said(teahouse: Brand) -> None:
    first = record_order(brand=teahouse, purchase=PURCHASE, by=None, now=NOW)
    gone = Line.objects.get(position=2).pk
    changed = replace(PURCHASE, lines=PURCHASE.lines[:1], discount_minor=0)
    order = record_order(brand=teahouse, purchase=changed, by=None, now=NOW)
    assert order.pk == first.pk
    assert order.revision > first.revision
    assert written() == [("sencha", 2, 2000, 0)]
    assert order.net_minor == 2000
    assert list(Removal.objects.values_list("table", "row_id")) == [("lines", gone)]
    assert list(Event.objects.values_list("kind", flat=True).order_by("sequence")) == [
        "Order Completed",
        "Order Updated",
    ]


def test_a_number_is_not_used_twice_for_two_people(
    teahouse: Brand, alice: Customer, bob: Customer
) -> None:
    record_order(brand=teahouse, purchase=replace(PURCHASE, customer_id=alice.pk), by=None, now=NOW)
    with pytest.raises(OrderOfSomebodyElse):
        record_order(
            brand=teahouse, purchase=replace(PURCHASE, customer_id=bob.pk), by=None, now=NOW
        )
    assert Order.objects.get().customer_id == alice.pk


def test_an_order_of_nobody_known_finds_its_customer_and_keeps_them(
    teahouse: Brand, alice: Customer
) -> None:
    record_order(brand=teahouse, purchase=PURCHASE, by=None, now=NOW)
    known = replace(PURCHASE, customer_id=alice.pk)
    assert record_order(brand=teahouse, purchase=known, by=None, now=NOW).customer_id == alice.pk
    again = record_order(brand=teahouse, purchase=PURCHASE, by=None, now=NOW)
    assert again.customer_id == alice.pk


def test_nothing_of_another_brand_is_named(teahouse: Brand, eve: Customer, bakery: Brand) -> None:
    elsewhere = Branch.objects.create(brand=bakery, code="b", name="B")
    for wrong in ({"customer_id": eve.pk}, {"branch_id": elsewhere.pk}):
        with pytest.raises(NotOfThisBrand):
            record_order(brand=teahouse, purchase=replace(PURCHASE, **wrong), by=None, now=NOW)
    assert not Order.objects.exists()


def test_a_discount_above_the_goods_is_refused(teahouse: Brand) -> None:
    with pytest.raises(DiscountAboveGoods):
        record_order(
            brand=teahouse, purchase=replace(PURCHASE, discount_minor=3000), by=None, now=NOW
        )
    assert not Order.objects.exists()
    assert not Product.objects.exists()


@given(st.lists(st.integers(0, 10**7), min_size=1, max_size=12), st.data())
def test_frozen_shares_sum_to_the_discount(amounts: list[int], data: st.DataObject) -> None:
    discount = data.draw(st.integers(0, sum(amounts)))
    sold = [Sold(sku=str(n), quantity=Decimal(1), amount_minor=a) for n, a in enumerate(amounts)]
    lines = frozen_lines(replace(PURCHASE, lines=sold, discount_minor=discount))
    assert sum(line.discount_minor for line in lines) == discount
    assert sum(line.amount_minor for line in lines) == sum(amounts) - discount
    assert all(line.amount_minor >= 0 for line in lines)
