from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from random import Random

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from regulars.identify.commerce.models import Refund, RefundLine, RefundMatch
from regulars.identify.commerce.public import (
    AmountMissing,
    GivenBack,
    MoreThanBought,
    NotOfThisBrand,
    RefundDiffers,
    Return,
    record_refund,
)
from regulars.identify.customers.public import Customer
from regulars.identify.timeline.public import Event
from regulars.organization.public import Brand
from tests.cast import make_brand
from tests.people import NOW, make_customer, make_order

pytestmark = pytest.mark.django_db


def back(quantity: int | str, *, amount: int | None = None, sku: str = "sencha") -> GivenBack:
    return GivenBack(sku=sku, quantity=Decimal(quantity), amount_minor=amount)


def returned(
    *lines: GivenBack, order_id: int | None = None, number: str = "R-1", days: int = 1
) -> Return:
    return Return(
        source="till",
        number=number,
        occurred_at=NOW + timedelta(days=days),
        lines=lines,
        order_id=order_id,
    )


def test_a_line_given_back_is_worth_its_frozen_share(teahouse: Brand, alice: Customer) -> None:
    order = make_order(
        brand=teahouse,
        customer=alice,
        lines=[("sencha", 3, 3000), ("cup", 1, 1000)],
        discount_minor=1000,
    )
    refund = record_refund(
        brand=teahouse, refund=returned(back(1), order_id=order.pk), by=None, now=NOW
    )
    assert refund.amount_minor == 750
    assert (refund.customer_id, refund.order_id) == (alice.pk, order.pk)
    match = RefundMatch.objects.get()
    assert (match.line.position, match.quantity, match.amount_minor) == (1, 1, 750)
    event = Event.objects.get(kind="Order Refunded")
    assert (event.value_minor, event.properties["order_id"]) == (750, order.number)


def test_the_same_refund_again_changes_nothing(teahouse: Brand, alice: Customer) -> None:
    order = make_order(brand=teahouse, customer=alice, lines=[("sencha", 3, 1000)])
    told = returned(back(3), order_id=order.pk)
    first = record_refund(brand=teahouse, refund=told, by=None, now=NOW)
    assert record_refund(brand=teahouse, refund=told, by=None, now=NOW) == first
    assert Refund.objects.count() == Event.objects.filter(kind="Order Refunded").count() == 1


def test_another_refund_under_the_same_number_is_refused(teahouse: Brand, alice: Customer) -> None:
    order = make_order(brand=teahouse, customer=alice, lines=[("sencha", 3, 1000)])
    told = returned(back(1), order_id=order.pk)
    record_refund(brand=teahouse, refund=told, by=None, now=NOW)
    with pytest.raises(RefundDiffers):
        record_refund(brand=teahouse, refund=replace(told, lines=[back(2)]), by=None, now=NOW)
    assert RefundLine.objects.get().quantity == 1


def test_no_more_is_given_back_than_was_bought(teahouse: Brand, alice: Customer) -> None:
    order = make_order(brand=teahouse, customer=alice, lines=[("sencha", 3, 1000)])
    record_refund(brand=teahouse, refund=returned(back(2), order_id=order.pk), by=None, now=NOW)
    for lines in ([back(2)], [back(1), back(1)], [back(1, sku="cup")]):
        with pytest.raises(MoreThanBought):
            record_refund(
                brand=teahouse,
                refund=returned(*lines, order_id=order.pk, number="R-2"),
                by=None,
                now=NOW,
            )
    assert Refund.objects.count() == 1


def test_without_an_order_the_amount_must_be_said(teahouse: Brand, alice: Customer) -> None:
    make_order(brand=teahouse, customer=alice)
    told = replace(returned(back(1)), customer_id=alice.pk)
    with pytest.raises(AmountMissing):
        record_refund(brand=teahouse, refund=told, by=None, now=NOW)
    priced = replace(told, lines=[back(1, amount=1200)])
    assert record_refund(brand=teahouse, refund=priced, by=None, now=NOW).amount_minor == 1200
    assert RefundMatch.objects.get().amount_minor == 1200


def test_an_order_of_another_brand_is_not_found(
    teahouse: Brand, bakery: Brand, alice: Customer
) -> None:
    order = make_order(brand=teahouse, customer=alice)
    with pytest.raises(NotOfThisBrand):
        record_refund(brand=bakery, refund=returned(back(1), order_id=order.pk), by=None, now=NOW)
    assert not Refund.objects.exists()


@settings(max_examples=30, deadline=None)
@given(
    amounts=st.lists(st.integers(0, 10**6), min_size=1, max_size=3),
    takes=st.lists(st.integers(1, 4), min_size=1, max_size=6),
    discount=st.integers(0, 100),
    chance=st.randoms(use_true_random=False),
)
def test_any_sequence_of_partial_refunds_is_one_full_refund(
    amounts: list[int], takes: list[int], discount: int, chance: Random
) -> None:
    """The order has lines of one product, bought at different prices, under one discount."""
    with transaction.atomic():
        brand = make_brand(slug="partial")
        order = make_order(
            brand=brand,
            customer=make_customer(brand=brand),
            lines=[("sencha", sum(takes), amount) for amount in amounts],
            discount_minor=sum(amounts) * discount // 100,
        )
        all_takes = takes * len(amounts)
        chance.shuffle(all_takes)
        for turn, take in enumerate(all_takes):
            record_refund(
                brand=brand,
                refund=returned(back(take), order_id=order.pk, number=f"R-{turn}", days=turn),
                by=None,
                now=NOW,
            )
        matched = sum(match.amount_minor for match in RefundMatch.objects.all())
        given_back = sum(refund.amount_minor for refund in Refund.objects.all())
        assert matched == given_back == order.net_minor
        for line in order.lines.all():
            assert sum(match.quantity for match in line.matches.all()) == line.quantity
        transaction.set_rollback(True)
