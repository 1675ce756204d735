"""What commerce announces. The names are those of the Segment e-commerce specification."""

from collections.abc import Iterable
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from regulars.identify.timeline.public import Kind, declare

PRODUCT_VIEWED = declare(
    "Product Viewed",
    _("Looked at {name}"),
    label=_("look at a product"),
    visible_to_customer=False,
)
ORDER_COMPLETED = declare(
    "Order Completed", _("Bought for {amount}"), label=_("purchase"), icon="order"
)
ORDER_UPDATED = declare(
    "Order Updated",
    _("Order {order_id} was changed to {amount}"),
    label=_("changed order"),
    icon="order",
    theirs=False,
)
ORDER_REFUNDED = declare(
    "Order Refunded", _("Returned goods for {amount}"), label=_("return of goods"), icon="refund"
)
ORDER_CANCELLED = declare(
    "Order Cancelled", _("Cancelled order {order_id}"), label=_("cancelled order"), icon="refund"
)


def order_message_id(number: str, *, revision: int = 0, kind: Kind = ORDER_COMPLETED) -> str:
    """Return the idempotency key of an order's event: ``order:NUMBER`` for its completion.

    Every path that writes orders uses it, so that an order is announced once whoever brings it.
    """
    return f"order:{number}" if kind is ORDER_COMPLETED else f"order:{number}:{revision}"


def refund_message_id(number: str) -> str:
    """Return the idempotency key of a refund's event: ``refund:NUMBER``."""
    return f"refund:{number}"


def products_property(lines: Iterable[tuple[str, Decimal]]) -> list[dict[str, str | float]]:
    """Return lines as the ``products`` property of the specification."""
    return [{"sku": sku, "quantity": float(quantity)} for sku, quantity in lines]
