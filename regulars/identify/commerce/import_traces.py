"""Count what an import left among orders, refunds and products, and what was changed since."""

from collections.abc import Sequence
from dataclasses import dataclass

from regulars.identify.commerce.models import FormerOrder, FormerProduct, Order, Product, Refund
from regulars.identify.commerce.order_withdrawal_steps import REMEMBERED
from regulars.lake.public import (
    Withdrawn,
    counted,
    keep_changed,
    keep_changed_since,
    keep_held,
    portion,
    rows_changed,
    rows_made,
)
from regulars.organization.public import Brand

EVERYTHING = 2**31


@dataclass(frozen=True, slots=True, kw_only=True)
class Traces:
    """What an import made and changed; of orders also how many would stay as they are."""

    orders: int
    orders_staying: int
    changed_orders: int
    changed_orders_staying: int
    refunds: int
    products: int
    changed_products: int


def traces_of_import(*, brand: Brand, import_id: int, revisions: Sequence[int]) -> Traces:
    """Say what undoing an import would take back; nothing is written but a temporary table."""
    made = _orders_made(import_id, revisions)
    changed = _orders_changed(import_id)
    return Traces(
        orders=made.gone + made.stayed,
        orders_staying=made.stayed,
        changed_orders=changed.gone + changed.stayed,
        changed_orders_staying=changed.stayed,
        refunds=Refund.objects.filter(import_id=import_id).count(),
        products=Product.objects.filter(brand=brand, import_id=import_id).count(),
        changed_products=FormerProduct.objects.filter(import_id=import_id).count(),
    )


def _orders_made(import_id: int, revisions: Sequence[int]) -> Withdrawn:
    if not Order.objects.filter(import_id=import_id).exists():
        return Withdrawn(gone=0, stayed=0, upto=0)
    asked = rows_made(table="commerce_order", import_id=import_id, after=0)
    with portion(asked, mirror="orders", size=EVERYTHING) as cursor:
        keep_changed(cursor, revisions=revisions)
        others = f"AND coalesce(held.import_id, 0) <> {int(import_id)}"
        keep_held(cursor, by=[("commerce_refund", "order_id")], unless=others)
        return counted(size=EVERYTHING)


def _orders_changed(import_id: int) -> Withdrawn:
    if not FormerOrder.objects.filter(import_id=import_id).exists():
        return Withdrawn(gone=0, stayed=0, upto=0)
    asked = rows_changed(REMEMBERED, import_id=import_id, after=0)
    with portion(asked, mirror="orders", size=EVERYTHING) as cursor:
        keep_changed_since(cursor)
        return counted(size=EVERYTHING)
