"""An order that was never to be counts nowhere, until that is taken back."""

from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from regulars.identify.commerce.models import Order, Product, RefundMatch
from regulars.identify.commerce.public import (
    AlreadyReturned,
    GivenBack,
    Return,
    cancel_order,
    record_refund,
    reinstate_order,
    sales_of,
)
from regulars.identify.customers.public import Customer
from regulars.identify.timeline.public import Event
from regulars.lake.public import catch_up, differences
from regulars.organization.public import AuditEntry, Branch, Brand, User
from tests.cast import SignIn
from tests.people import NOW, make_order

LATER = NOW + timedelta(days=3)


def back(brand: Brand, order: Order, *, number: str = "R-1") -> None:
    told = Return(source="till", number=number, occurred_at=LATER, order_id=order.pk,
                  lines=[GivenBack(sku="tea", quantity=Decimal(1))])  # fmt: skip
    record_refund(brand=brand, refund=told, by=None, now=LATER)


def sold(brand: Brand) -> tuple[float, float, int, int]:
    catch_up()
    assert list(differences()) == []
    tea = Product.objects.get(brand=brand, sku="tea").pk
    sales = sales_of(brand=brand, product_id=tea)
    assert sales is not None
    return sales.quantity, sales.returned, sales.net_minor, sales.orders


def test_a_cancelled_order_counts_nowhere_until_it_is_reinstated(
    lake: Path, teahouse: Brand, alice: Customer, dan: User
) -> None:
    kept = make_order(brand=teahouse, customer=alice, lines=[("tea", 1, 1000)])
    order = make_order(brand=teahouse, customer=alice, lines=[("tea", 2, 2000), ("cup", 1, 700)])
    assert sold(teahouse) == (3, 0, 3000, 2)
    cancel_order(order, by=dan, now=LATER)
    assert sold(teahouse) == (1, 0, 1000, 1)
    cancel_order(order, by=dan, now=LATER)
    back(teahouse, order)
    assert not RefundMatch.objects.exists()
    assert sold(teahouse) == (1, 0, 1000, 1)
    reinstate_order(order, by=dan, now=LATER)
    assert sold(teahouse) == (3, 1, 2000, 2)
    with pytest.raises(AlreadyReturned):
        cancel_order(order, by=dan, now=LATER)
    assert sold(teahouse) == (3, 1, 2000, 2)
    cancel_order(kept, by=dan, now=LATER)
    reinstate_order(kept, by=dan, now=LATER)
    assert sold(teahouse) == (3, 1, 2000, 2)
    kinds = Event.objects.filter(properties__order_id=order.number).order_by("sequence")
    assert list(kinds.values_list("kind", flat=True)) == [
        "Order Completed", "Order Cancelled", "Order Refunded", "Order Updated",
    ]  # fmt: skip
    audited = AuditEntry.objects.filter(subject=order.number, user=dan).order_by("pk")
    assert [entry.detail["after"]["cancelled"] for entry in audited] == [True, False]


@pytest.mark.django_db
def test_it_is_cancelled_on_its_page_and_undone(
    teahouse: Brand, alice: Customer, sam: User, ana: User, sign_in: SignIn
) -> None:
    order = make_order(brand=teahouse, customer=alice, lines=[("tea", 1, 1000)])
    page = reverse("commerce:order", args=["teahouse", order.pk])
    cancellation = reverse("commerce:cancellation", args=["teahouse", order.pk])
    assert sign_in(ana).post(cancellation).status_code == 403
    assert cancellation not in sign_in(ana).get(page).content.decode()
    browser = sign_in(sam)
    assert cancellation in browser.get(page).content.decode()
    answer = browser.post(cancellation)
    (message,) = get_messages(answer.wsgi_request)
    shown = browser.get(page).content.decode()
    assert "counts nowhere" in shown
    assert cancellation not in shown
    story = browser.get(reverse("staff:customer", args=["teahouse", alice.public_id]))
    assert "; cancelled on" in story.content.decode()
    browser.post(message.extra_tags.removeprefix("undo:"))
    assert "counts nowhere" not in browser.get(page).content.decode()
    assert Order.objects.get(pk=order.pk).cancelled_at is None


@pytest.mark.django_db
def test_what_came_back_is_not_cancelled(
    teahouse: Brand, alice: Customer, soho: Branch, sam: User, sign_in: SignIn
) -> None:
    order = make_order(brand=teahouse, customer=alice, lines=[("tea", 1, 1000)], branch=soho)
    back(teahouse, order)
    browser = sign_in(sam)
    page = reverse("commerce:order", args=["teahouse", order.pk])
    cancellation = reverse("commerce:cancellation", args=["teahouse", order.pk])
    assert cancellation not in browser.get(page).content.decode()
    answer = browser.post(cancellation, follow=True)
    assert "came back already" in answer.content.decode()
    assert Order.objects.get(pk=order.pk).cancelled_at is None
