"""Write down one order, exactly once. Imports write sets of them by the same rules."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from regulars.identify.commerce.events import (
    ORDER_COMPLETED,
    ORDER_UPDATED,
    order_message_id,
    products_property,
)
from regulars.identify.commerce.matching import match_refunds, touched_rows, unmatch_refunds
from regulars.identify.commerce.models import Line, Order
from regulars.identify.commerce.products import products_by_sku
from regulars.identify.commerce.purchase import Purchase, Sold, frozen_lines
from regulars.identify.customers.public import check_places
from regulars.identify.timeline.public import Kind, Touch, record
from regulars.lake.public import Removal, next_revision
from regulars.organization.public import AuditAction, Brand, User, audit


class OrderOfSomebodyElse(Exception):
    """The number belongs to another customer's order: a number is not used twice."""


def record_order(
    *, brand: Brand, purchase: Purchase, by: User | None, now: datetime, backfill: bool = False
) -> Order:
    """Write the order, or change it to what its source says now; the same again changes nothing.

    The discount on the order is split over its lines by what they are worth, to the minor unit,
    and frozen there. Products not known yet are made. Announces Order Completed or Order Updated.
    Raises DiscountAboveGoods, NotOfThisBrand, OrderOfSomebodyElse.
    """
    lines = frozen_lines(purchase)
    check_places(brand=brand, customer_id=purchase.customer_id, branch_id=purchase.branch_id)
    facts = _facts(brand, purchase, lines)
    try:
        with transaction.atomic():
            return _write(brand, purchase, facts, lines, by=by, now=now, backfill=backfill)
    except IntegrityError:  # another process wrote the number first: now it is there to be read
        with transaction.atomic():
            return _write(brand, purchase, facts, lines, by=by, now=now, backfill=backfill)


def _write(
    brand: Brand,
    purchase: Purchase,
    facts: dict[str, Any],
    lines: list[Sold],
    *,
    by: User | None,
    now: datetime,
    backfill: bool,
) -> Order:
    key = {"brand": brand, "source": purchase.source, "number": purchase.number}
    order = Order.objects.select_for_update().filter(**key).first()
    if order is None:
        kind, order, touched = ORDER_COMPLETED, Order(**key), set[tuple[int, int | None, int]]()
    else:
        kind, touched = ORDER_UPDATED, _touched(order)
        facts["customer_id"] = _whose(order, purchase)
        if _says_the_same(order, facts, lines):
            return order
    order.revision = next_revision()
    if touched:
        unmatch_refunds(touched=touched_rows(touched), revision=order.revision)
    for name, value in facts.items():
        setattr(order, name, value)
    order.save()
    _write_lines(order, lines)
    match_refunds(touched=touched_rows(touched | _touched(order)), revision=order.revision)
    _announce(kind, order, lines, now=now, backfill=backfill)
    audit(by, AuditAction.CREATE if kind is ORDER_COMPLETED else AuditAction.CHANGE, now=now,
          brand=brand, subject_kind="order", subject=order.number)  # fmt: skip
    return order


def _facts(brand: Brand, purchase: Purchase, lines: list[Sold]) -> dict[str, Any]:
    return {
        "customer_id": purchase.customer_id,
        "branch_id": purchase.branch_id,
        "channel": purchase.channel,
        "occurred_at": purchase.occurred_at,
        "placed_on": purchase.occurred_at.astimezone(brand.zone).date(),
        "currency": purchase.currency or brand.currency,
        "net_minor": sum(line.amount_minor for line in lines),
        "discount_minor": sum(line.discount_minor for line in lines),
        "shipping_minor": purchase.shipping_minor,
        "tax_minor": purchase.tax_minor,
        "coupon": purchase.coupon,
    }


def _whose(order: Order, purchase: Purchase) -> int | None:
    """An order of nobody known may find its customer; one of somebody keeps theirs."""
    if order.customer_id and purchase.customer_id not in {None, order.customer_id}:
        raise OrderOfSomebodyElse(purchase.number)
    return order.customer_id or purchase.customer_id


def _touched(order: Order) -> set[tuple[int, int | None, int]]:
    products = order.lines.exclude(product=None).values_list("product_id", flat=True)
    return {(order.pk, order.customer_id, product_id) for product_id in products if product_id}


def _says_the_same(order: Order, facts: dict[str, Any], lines: list[Sold]) -> bool:
    written = order.lines.order_by("position").values_list(
        "product__sku", "quantity", "amount_minor", "discount_minor"
    )
    told = [(line.sku, line.quantity, line.amount_minor, line.discount_minor) for line in lines]
    return list(written) == told and all(
        getattr(order, name) == value for name, value in facts.items()
    )


def _write_lines(order: Order, lines: list[Sold]) -> None:
    products = products_by_sku(
        brand=order.brand, names={line.sku: line.name for line in lines}, revision=order.revision
    )
    surplus = order.lines.filter(position__gt=len(lines))
    Removal.objects.bulk_create(
        Removal(table="lines", row_id=row, revision=order.revision)
        for row in surplus.values_list("pk", flat=True)
    )
    surplus.delete()
    Line.objects.bulk_create(
        [
            Line(
                order=order,
                position=position,
                product=products[line.sku],
                quantity=line.quantity,
                amount_minor=line.amount_minor,
                discount_minor=line.discount_minor,
                revision=order.revision,
            )
            for position, line in enumerate(lines, start=1)
        ],
        update_conflicts=True,
        unique_fields=["order", "position"],
        update_fields=["product", "quantity", "amount_minor", "discount_minor", "revision"],
    )


def _announce(
    kind: Kind, order: Order, lines: Iterable[Sold], *, now: datetime, backfill: bool
) -> None:
    touch = Touch(
        brand_id=order.brand_id,
        customer_id=order.customer_id,
        kind=kind,
        occurred_at=order.occurred_at if kind is ORDER_COMPLETED else now,
        source=order.source,
        message_id=order_message_id(order.number, revision=order.revision, kind=kind),
        value_minor=order.net_minor,
        currency=order.currency,
        properties={
            "order_id": order.number,
            "products": products_property((line.sku, line.quantity) for line in lines),
        },
        backfill=backfill,
    )
    record([touch], now=now)
