"""The customers of the cast: Alice, loyal; Bob, lapsed; Chloé, who wants no letters; 大卫, gold,
who reads Chinese; and Eve, who buys at the bakery.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

import pytest
from django.db import transaction

from regulars.identify.commerce.public import Order, Purchase, Sold, record_order
from regulars.identify.customers.public import (
    Customer,
    Identifier,
    normal_form,
    search_name,
    tail,
    turned_name,
)
from regulars.lake.public import next_revision
from regulars.lib.public_id import public_id
from regulars.organization.public import Branch, Brand

NOW = datetime(2025, 11, 20, 14, 2, 11, tzinfo=UTC)


def make_customer(
    *,
    brand: Brand,
    name: str = "",
    branch: Branch | None = None,
    email: str = "",
    phone: str = "",
    member_number: str = "",
    since: datetime = NOW - timedelta(days=600),
    **profile: Any,
) -> Customer:
    """Make a customer; a phone number is in international form."""
    searched = search_name(name)
    given = {"email": email, "phone": phone, "member_number": member_number}
    with transaction.atomic():
        customer = Customer.objects.create(
            public_id=public_id("cus"),
            brand=brand,
            name=name,
            search_name=searched,
            turned_name=turned_name(searched),
            branch=branch,
            created_at=since,
            revision=next_revision(),
            **profile,
        )
        for kind, value in given.items():
            if value:
                normal = normal_form(kind, value)
                Identifier.objects.create(
                    brand=brand,
                    customer=customer,
                    kind=kind,
                    value=normal,
                    tail=tail(kind, normal),
                    created_at=since,
                    revision=customer.revision,
                )
    return customer


_numbers = count(1)


def make_order(
    *,
    brand: Brand,
    customer: Customer | None = None,
    lines: Sequence[tuple[str, int, int]] = (("sencha", 1, 1250),),
    at: datetime = NOW,
    number: str = "",
    branch: Branch | None = None,
    **purchase: Any,
) -> Order:
    """Make an order of lines given as (SKU, quantity, amount in minor units)."""
    told = Purchase(
        source="till",
        number=number or f"T-{next(_numbers)}",
        occurred_at=at,
        customer_id=customer.pk if customer else None,
        branch_id=branch.pk if branch else None,
        lines=[
            Sold(sku=sku, name=sku.title(), quantity=Decimal(quantity), amount_minor=amount)
            for sku, quantity, amount in lines
        ],
        **purchase,
    )
    return record_order(brand=brand, purchase=told, by=None, now=at)


@pytest.fixture
def alice(teahouse: Brand, soho: Branch) -> Customer:
    """Loyal, at Soho."""
    return make_customer(
        brand=teahouse,
        name="Alice Moreau",
        branch=soho,
        email="alice@mail.test",
        phone="+447700900123",
        member_number="M-10427",
        city="Leeds",
        language="en",
    )


@pytest.fixture
def bob(teahouse: Brand, camden: Branch) -> Customer:
    """Lapsed, at Camden."""
    return make_customer(
        brand=teahouse, name="Bob Larsen", branch=camden, email="bob@mail.test", city="Oslo"
    )


@pytest.fixture
def chloe(teahouse: Brand) -> Customer:
    """Wants no letters."""
    return make_customer(brand=teahouse, name="Chloé Dubois", email="chloe@mail.test")


@pytest.fixture
def dawei(teahouse: Brand) -> Customer:
    """大卫, who reads Chinese."""
    return make_customer(
        brand=teahouse, name="大卫", phone="+8613800138000", language="zh-hans", city="上海"
    )


@pytest.fixture
def eve(bakery: Brand) -> Customer:
    """At the other brand."""
    return make_customer(brand=bakery, name="Eve Martin", email="eve@mail.test")
