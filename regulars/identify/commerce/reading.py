"""Read orders and refunds back: of a person, by number, of a product."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Prefetch, Q, QuerySet

from regulars.identify.commerce.models import Line, Order, Refund, RefundLine, RefundMatch
from regulars.organization.public import Branches, Brand


class OrderNotFound(Exception):
    """The brand has no such order, or not for who asks."""


def find_orders(
    *, brand: Brand, number: str, branch_ids: Branches = None, limit: int = 8
) -> list[Order]:
    """Return orders of exactly this number, in either case, from any source."""
    clean = number.strip()
    spellings = {clean, clean.upper(), clean.lower(), clean.lstrip("#")}
    orders = Order.objects.filter(brand=brand, number__in=spellings - {""})
    return list(_seen_by(orders, branch_ids).select_related("customer", "branch")[:limit])


def order_of(*, brand: Brand, order_id: int, branch_ids: Branches = None) -> Order:
    """Return an order with its lines, refunds and matches. Raises OrderNotFound."""
    orders = _seen_by(Order.objects.filter(brand=brand, pk=order_id), branch_ids)
    order = _with_lines(orders).first()
    if order is None:
        raise OrderNotFound(order_id)
    return order


def orders_of(
    *,
    brand: Brand,
    customer_ids: Iterable[int],
    before: datetime | None = None,
    limit: int = 20,
) -> list[Order]:
    """Return the orders of these customer numbers, one person's and their aliases', latest first.

    With lines, what was given back of them, and branch, in five queries whatever the number.
    """
    orders = Order.objects.filter(brand=brand, customer_id__in=list(customer_ids))
    if before is not None:
        orders = orders.filter(occurred_at__lt=before)
    return list(_with_lines(orders).order_by("-occurred_at", "-pk")[:limit])


def refunds_of(
    *,
    brand: Brand,
    customer_ids: Iterable[int],
    before: datetime | None = None,
    limit: int = 20,
) -> list[Refund]:
    """Return the refunds of these customer numbers with their lines, latest first."""
    refunds = Refund.objects.filter(brand=brand, customer_id__in=list(customer_ids))
    if before is not None:
        refunds = refunds.filter(occurred_at__lt=before)
    lines = RefundLine.objects.select_related("product").order_by("position")
    whole = refunds.select_related("order", "branch").prefetch_related(Prefetch("lines", lines))
    return list(whole.order_by("-occurred_at", "-pk")[:limit])


def _seen_by(orders: QuerySet[Order], branch_ids: Branches) -> QuerySet[Order]:
    """Staff of some branches see what was sold there, and what their customers bought anywhere."""
    if branch_ids is None:
        return orders
    return orders.filter(Q(branch_id__in=branch_ids) | Q(customer__branch_id__in=branch_ids))


def _with_lines(orders: QuerySet[Order]) -> QuerySet[Order]:
    matches = RefundMatch.objects.select_related("refund_line__refund").order_by("pk")
    lines = Line.objects.select_related("product").order_by("position")
    return orders.select_related("customer", "branch", "brand").prefetch_related(
        Prefetch("lines", lines.prefetch_related(Prefetch("matches", matches))), "refunds"
    )
