"""Facts in every mirrored table, with the values that break mirrors."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django.db import models, transaction

from regulars.identify.commerce.public import (
    Line,
    Order,
    Product,
    Refund,
    RefundLine,
    RefundMatch,
)
from regulars.identify.customers.public import Customer, HouseholdMember, Identifier
from regulars.identify.timeline.public import ORDINAL_BITS, Event
from regulars.lake.public import Removal, next_revision
from regulars.organization.public import Branch, Brand

ODD_TEXTS = [
    "",
    "大卫 ☕",
    'say "hi", twice',
    "two\nlines\r\nand a\ttab",
    "NULL",
    "\\N",
    " x ",
    "t",
]
ODD_INSTANTS = [
    datetime(1, 1, 1, tzinfo=UTC),
    datetime(1969, 12, 31, 23, 59, 59, 999999, tzinfo=UTC),
    datetime(2024, 2, 29, 12, 30, 0, 1, tzinfo=UTC),
    datetime(2025, 3, 30, 1, 30, tzinfo=UTC),
    datetime(9999, 12, 31, 23, 59, 59, 999999, tzinfo=UTC),
]
ODD_DATES = [None, date(1, 1, 1), date(1969, 12, 31), date(2024, 2, 29), date(9999, 12, 31)]
ODD_AMOUNTS = [0, 1, -1, 2**62, -(2**62), None]
ODD_QUANTITIES = [Decimal("0.001"), Decimal(-3), Decimal("99999999999.999"), Decimal("1.500")]
ROWS = 8


def change(kind: type[models.Model], pk: int, **values: Any) -> None:
    """Change one row, as its owner would."""
    with transaction.atomic():
        kind._default_manager.filter(pk=pk).update(revision=next_revision(), **values)


def remove(table: str, kind: type[models.Model], *pks: int) -> None:
    """Delete rows, as their owner would."""
    with transaction.atomic():
        revision = next_revision()
        kind._default_manager.filter(pk__in=pks).delete()
        Removal.objects.bulk_create(
            Removal(table=table, row_id=pk, revision=revision) for pk in pks
        )


def odd_facts(brand: Brand, branch: Branch) -> None:
    """Write eight rows into every mirrored table, in one change."""
    with transaction.atomic():
        revision = next_revision()
        for n in range(ROWS):
            _write(brand, branch if n % 2 else None, revision, n)


def _write(brand: Brand, branch: Branch | None, revision: int, n: int) -> None:
    text = ODD_TEXTS[n % len(ODD_TEXTS)]
    instant = ODD_INSTANTS[n % len(ODD_INSTANTS)]
    day = ODD_DATES[n % len(ODD_DATES)]
    amount = ODD_AMOUNTS[n % len(ODD_AMOUNTS)]
    quantity = ODD_QUANTITIES[n % len(ODD_QUANTITIES)]
    earlier = Customer.objects.order_by("id").first()
    customer = Customer.objects.create(
        public_id=f"cus_{n}",
        brand=brand,
        branch=branch,
        canonical=earlier if n % 3 == 1 else None,
        city=text,
        born_on=day,
        fields={"note": text, "n": n},
        created_at=instant,
        revision=revision,
    )
    Identifier.objects.create(
        brand=brand,
        customer=customer,
        kind="email",
        value=f"{n}@regulars.test",
        created_at=instant,
        revision=revision,
    )
    HouseholdMember.objects.create(
        customer=customer, kind="pet", species=text, born_on=day, revision=revision
    )
    product = Product.objects.create(
        brand=brand,
        sku=f"{n} {text}",
        name=text,
        goods=bool(n % 2),
        price_minor=amount,
        revision=revision,
    )
    order = Order.objects.create(
        brand=brand,
        source=text[:40],
        number=str(n),
        customer=customer if n % 2 else None,
        branch=branch,
        occurred_at=instant,
        placed_on=day or instant.date(),
        currency="GBP",
        net_minor=amount or 0,
        coupon=text,
        revision=revision,
    )
    line = Line.objects.create(
        order=order,
        position=0,
        product=product if n % 3 else None,
        quantity=quantity,
        amount_minor=amount or 0,
        revision=revision,
    )
    refund = Refund.objects.create(
        brand=brand,
        source=text[:40],
        number=str(n),
        order=order if n % 2 else None,
        customer=customer if n % 3 else None,
        occurred_at=instant,
        refunded_on=instant.date(),
        currency="GBP",
        amount_minor=amount or 0,
        revision=revision,
    )
    refund_line = RefundLine.objects.create(
        refund=refund, position=0, quantity=quantity, amount_minor=amount or 0, revision=revision
    )
    RefundMatch.objects.create(
        refund_line=refund_line,
        line=line,
        quantity=quantity,
        amount_minor=amount or 0,
        revision=revision,
    )
    Event.objects.create(
        sequence=(revision << ORDINAL_BITS) + n,
        brand=brand,
        customer_id=customer.id if n % 2 else None,
        kind="Order Completed",
        occurred_at=instant,
        received_at=instant,
        source="test",
        message_id=str(n),
        value_minor=amount,
        properties={"text": text},
        backfill=bool(n % 2),
    )
