"""Write down one refund, exactly once, at its frozen share of what was bought."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.db.models import Sum

from regulars.identify.commerce.events import (
    ORDER_REFUNDED,
    products_property,
    refund_message_id,
)
from regulars.identify.commerce.matching import match_refunds, touched_rows
from regulars.identify.commerce.models import Line, Order, Refund, RefundLine
from regulars.identify.commerce.products import products_by_sku
from regulars.identify.commerce.purchase import GivenBack, Return
from regulars.identify.customers.public import NotOfThisBrand, check_places
from regulars.identify.timeline.public import Touch, record
from regulars.lake.public import next_revision
from regulars.lib import money
from regulars.organization.public import AuditAction, Brand, User, audit

THOUSANDTHS = 1000


class MoreThanBought(Exception):
    """More of a product is given back than the order still holds."""


class AmountMissing(ValueError):
    """A return that names no order must say what each line is worth."""


class RefundDiffers(Exception):
    """The number is known, with other lines or another order: a refund is never changed."""


def record_refund(
    *, brand: Brand, refund: Return, by: User | None, now: datetime, backfill: bool = False
) -> Refund:
    """Write the refund; the same again changes nothing. Announces Order Refunded.

    A line without an amount is worth its share of the order's line: any sequence of partial
    refunds gives back exactly what was paid. Raises AmountMissing, MoreThanBought, NotOfThisBrand,
    RefundDiffers.
    """
    check_places(brand=brand, customer_id=refund.customer_id, branch_id=refund.branch_id)
    try:
        with transaction.atomic():
            return _write(brand, refund, by=by, now=now, backfill=backfill)
    except IntegrityError:  # another process wrote the number first: now it is there to be read
        with transaction.atomic():
            return _write(brand, refund, by=by, now=now, backfill=backfill)


def _write(brand: Brand, told: Return, *, by: User | None, now: datetime, backfill: bool) -> Refund:
    order = _locked_order(brand, told)
    key = {"brand": brand, "source": told.source, "number": told.number}
    if (known := Refund.objects.filter(**key).first()) is not None:
        return _the_same(known, told)
    amounts = _amounts(order, told.lines)
    refund = Refund.objects.create(
        **key,
        order=order,
        customer_id=order.customer_id if order else told.customer_id,
        branch_id=told.branch_id or (order.branch_id if order else None),
        occurred_at=told.occurred_at,
        refunded_on=told.occurred_at.astimezone(brand.zone).date(),
        currency=told.currency or (order.currency if order else brand.currency),
        amount_minor=sum(amounts),
        revision=next_revision(),
    )
    _write_lines(refund, told.lines, amounts)
    _announce(refund, told.lines, now=now, backfill=backfill)
    audit(by, AuditAction.CREATE, now=now, brand=brand, subject_kind="refund",
          subject=refund.number)  # fmt: skip
    return refund


def _locked_order(brand: Brand, told: Return) -> Order | None:
    """Two refunds of one order stand in line: each must see what the other left."""
    if told.order_id is None:
        return None
    order = Order.objects.select_for_update().filter(pk=told.order_id, brand=brand).first()
    if order is None or told.customer_id not in {None, order.customer_id}:
        raise NotOfThisBrand(f"order {told.order_id}")
    return order


def _the_same(refund: Refund, told: Return) -> Refund:
    written = refund.lines.order_by("position").values_list(
        "product__sku", "quantity", "amount_minor"
    )
    same = len(written) == len(told.lines) and all(
        (sku, quantity) == (line.sku, line.quantity) and line.amount_minor in {None, amount}
        for (sku, quantity, amount), line in zip(written, told.lines, strict=True)
    )
    if not same or refund.order_id != told.order_id:
        raise RefundDiffers(refund.number)
    return refund


def _amounts(order: Order | None, lines: Sequence[GivenBack]) -> list[int]:
    if order is None:
        if any(line.amount_minor is None for line in lines):
            raise AmountMissing
        return [line.amount_minor or 0 for line in lines]
    left = _unrefunded(order)
    shares = [_take(left[line.sku], line) for line in lines]
    return [
        share if line.amount_minor is None else line.amount_minor
        for share, line in zip(shares, lines, strict=True)
    ]


def _unrefunded(order: Order) -> dict[str, list[tuple[Line, int]]]:
    """For each SKU the order's lines, the last first, with the thousandths already given back."""
    left: dict[str, list[tuple[Line, int]]] = defaultdict(list)
    lines = order.lines.select_related("product").annotate(given=Sum("matches__quantity"))
    for line in lines.order_by("-position"):
        if line.product is not None:
            left[line.product.sku].append((line, _thousandths(line.given or Decimal(0))))
    return left


def _take(left: list[tuple[Line, int]], given_back: GivenBack) -> int:
    """Take a quantity off the lines left and return what it is worth."""
    missing, amount = _thousandths(given_back.quantity), 0
    for place, (line, taken) in enumerate(left):
        whole = _thousandths(line.quantity)
        take = min(missing, max(whole - taken, 0))
        if take:
            amount += money.portion(line.amount_minor, whole=whole, taken=taken, take=take)
            left[place] = (line, taken + take)
            missing -= take
    if missing:
        raise MoreThanBought(given_back.sku)
    return amount


def _thousandths(quantity: Decimal) -> int:
    return int(quantity * THOUSANDTHS)


def _write_lines(refund: Refund, lines: Sequence[GivenBack], amounts: list[int]) -> None:
    products = products_by_sku(
        brand=refund.brand, names={line.sku: "" for line in lines}, revision=refund.revision
    )
    RefundLine.objects.bulk_create(
        RefundLine(
            refund=refund,
            position=position,
            product=products[line.sku],
            quantity=line.quantity,
            amount_minor=amount,
            revision=refund.revision,
        )
        for position, (line, amount) in enumerate(zip(lines, amounts, strict=True), start=1)
    )
    touched = {(refund.order_id, refund.customer_id, products[line.sku].pk) for line in lines}
    match_refunds(touched=touched_rows(touched), revision=refund.revision)


def _announce(refund: Refund, lines: Iterable[GivenBack], *, now: datetime, backfill: bool) -> None:
    touch = Touch(
        brand_id=refund.brand_id,
        customer_id=refund.customer_id,
        kind=ORDER_REFUNDED,
        occurred_at=refund.occurred_at,
        source=refund.source,
        message_id=refund_message_id(refund.number),
        value_minor=refund.amount_minor,
        currency=refund.currency,
        properties={
            "refund_id": refund.number,
            **({"order_id": refund.order.number} if refund.order else {}),
            "products": products_property((line.sku, line.quantity) for line in lines),
        },
        backfill=backfill,
    )
    record([touch], now=now)
