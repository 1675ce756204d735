"""Cancel an order that was never to be, and take that back."""

from datetime import datetime

from django.db import transaction

from regulars.identify.commerce.events import (
    ORDER_CANCELLED,
    ORDER_UPDATED,
    order_message_id,
    products_property,
)
from regulars.identify.commerce.matching import match_refunds, touched_rows
from regulars.identify.commerce.models import Order, Refund, RefundLine, RefundMatch
from regulars.identify.timeline.public import Kind, Touch, record
from regulars.lake.public import Removal, next_revision
from regulars.organization.public import AuditAction, User, audit


class AlreadyReturned(Exception):
    """Something of the order came back: it was a purchase, and its refunds say what is left."""


def cancel_order(order: Order, *, by: User | None, now: datetime) -> Order:
    """Count the order nowhere any more; its lines and the customer's story keep it.

    Announces Order Cancelled. A second time nothing happens. Raises AlreadyReturned.
    """
    with transaction.atomic():
        current = _locked(order)
        if current.cancelled_at is not None:
            return current
        if RefundMatch.objects.filter(line__order=current).exists() or current.refunds.exists():
            raise AlreadyReturned(current.number)
        current.cancelled_at, current.revision = now, next_revision()
        current.save(update_fields=["cancelled_at", "revision"])
        _leave_the_lake(current)
        _tell(ORDER_CANCELLED, current, by=by, now=now)
        return current


def reinstate_order(order: Order, *, by: User | None, now: datetime) -> Order:
    """Count a cancelled order again, with what came back of it meanwhile.

    Announces Order Updated. What is not cancelled stays as it is.
    """
    with transaction.atomic():
        current = _locked(order)
        if current.cancelled_at is None:
            return current
        current.cancelled_at, current.revision = None, next_revision()
        current.save(update_fields=["cancelled_at", "revision"])
        _come_back_to_the_lake(current)
        _tell(ORDER_UPDATED, current, by=by, now=now)
        return current


def _locked(order: Order) -> Order:
    return Order.objects.select_for_update(of=("self",)).select_related("brand").get(pk=order.pk)


def _leave_the_lake(order: Order) -> None:
    rows = [
        ("orders", order.pk),
        *(("lines", pk) for pk in order.lines.values_list("pk", flat=True)),
    ]
    Removal.objects.bulk_create(
        Removal(table=table, row_id=pk, revision=order.revision) for table, pk in rows
    )


def _come_back_to_the_lake(order: Order) -> None:
    order.lines.update(revision=order.revision)
    Refund.objects.filter(order=order).update(revision=order.revision)
    RefundLine.objects.filter(refund__order=order).update(revision=order.revision)
    products = order.lines.exclude(product=None).values_list("product_id", flat=True)
    touched = touched_rows((order.pk, order.customer_id, product) for product in products)
    match_refunds(touched=touched, revision=order.revision)


def _tell(kind: Kind, order: Order, *, by: User | None, now: datetime) -> None:
    lines = order.lines.exclude(product=None).values_list("product__sku", "quantity")
    touch = Touch(
        brand_id=order.brand_id,
        customer_id=order.customer_id,
        kind=kind,
        occurred_at=now,
        source=order.source,
        message_id=order_message_id(order.number, revision=order.revision, kind=kind),
        value_minor=order.net_minor,
        currency=order.currency,
        properties={"order_id": order.number, "products": products_property(lines)},
        backfill=False,
    )
    record([touch], now=now)
    cancelled = order.cancelled_at is not None
    audit(by, AuditAction.CHANGE, now=now, brand=order.brand, subject_kind="order",
          subject=order.number, detail={"before": {"cancelled": not cancelled},
                                        "after": {"cancelled": cancelled}})  # fmt: skip
