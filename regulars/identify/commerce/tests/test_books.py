from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection

from regulars.identify.commerce.books import BOOKS
from regulars.identify.commerce.models import Line, Order, Product, Refund, RefundLine, RefundMatch
from regulars.identify.commerce.public import GivenBack, Return, record_refund
from regulars.identify.customers.books import BOOKS as CUSTOMER_BOOKS
from regulars.identify.customers.models import Customer, Identifier
from regulars.organization.public import Brand
from tests.people import NOW, make_order

pytestmark = pytest.mark.django_db


def untrue() -> set[str]:
    found = set()
    for sentence, sql in {**BOOKS, **CUSTOMER_BOOKS}.items():
        with connection.cursor() as cursor:
            cursor.execute(sql)
            if cursor.fetchall():
                found.add(sentence)
    return found


@pytest.fixture
def shop(teahouse: Brand, alice: Customer, bob: Customer, eve: Customer) -> Brand:
    order = make_order(
        brand=teahouse,
        customer=alice,
        lines=[("sencha", 3, 1000), ("sencha", 1, 300), ("cup", 1, 900)],
        discount_minor=333,
    )
    make_order(brand=teahouse, customer=bob, lines=[("cup", 1, 900)])
    make_order(brand=teahouse)
    for turn, (order_id, customer) in enumerate([(order.pk, None), (None, bob)]):
        told = Return(
            source="till",
            number=f"R-{turn}",
            occurred_at=NOW + timedelta(days=1),
            order_id=order_id,
            customer_id=customer.pk if customer else None,
            lines=[GivenBack(sku="cup", quantity=Decimal(1), amount_minor=turn * 900 or None)],
        )
        record_refund(brand=teahouse, refund=told, by=None, now=NOW)
    return teahouse


def test_what_is_written_through_the_verbs_balances(shop: Brand) -> None:
    assert RefundMatch.objects.count() == 2
    assert untrue() == set()


BREAKS: list[tuple[str, Callable[[Brand], object]]] = [
    (
        "orders are worth the sum of their lines",
        lambda _: Order.objects.filter(pk=Order.objects.earliest("pk").pk).update(net_minor=1),
    ),
    ("refunds are worth the sum of their lines", lambda _: Refund.objects.update(amount_minor=1)),
    (
        "no more of a line is refunded than was bought",
        lambda _: Line.objects.update(quantity=Decimal("0.5")),
    ),
    (
        "no more of a refund is matched than was given back",
        lambda _: RefundLine.objects.update(quantity=Decimal("0.5")),
    ),
    (
        "a refund undoes its own order, or an earlier purchase of the same person",
        lambda _: RefundMatch.objects.update(line=Line.objects.latest("pk")),
    ),
    (
        "orders name customers, branches and products of their own brand",
        lambda _: Order.objects.filter(customer=None).update(
            customer=Customer.objects.get(name="Eve Martin")
        ),
    ),
    (
        "orders name customers, branches and products of their own brand",
        lambda _: Product.objects.update(brand=Brand.objects.get(slug="bakery")),
    ),
    (
        "refunds name the customer and the brand of their order",
        lambda _: Refund.objects.update(customer=None),
    ),
    (
        "identifiers belong to the brand of their customer",
        lambda _: Identifier.objects.update(brand=Brand.objects.get(slug="bakery")),
    ),
    (
        "an alias leads to a customer of its brand who is none",
        lambda _: Customer.objects.update(canonical=Customer.objects.earliest("pk")),
    ),
    (
        "customers live at branches of their own brand",
        lambda _: Customer.objects.filter(name="Eve Martin").update(
            branch=Customer.objects.get(name="Alice Moreau").branch
        ),
    ),
    (
        "everybody who has a name or a phone can be searched by it",
        lambda _: Customer.objects.update(search_name=""),
    ),
    (
        "everybody who has a name or a phone can be searched by it",
        lambda _: Identifier.objects.update(tail=""),
    ),
]


@pytest.mark.parametrize(("sentence", "spoil"), BREAKS)
def test_what_is_spoiled_is_found(
    shop: Brand, sentence: str, spoil: Callable[[Brand], object]
) -> None:
    spoil(shop)
    assert sentence in untrue()
