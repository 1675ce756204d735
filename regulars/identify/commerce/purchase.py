"""What a source tells about an order or a refund, before it is written down."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from regulars.lib import money


class DiscountAboveGoods(ValueError):
    """The discount on the order is larger than what its lines are worth."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sold:
    """One line of a purchase. ``amount_minor`` is after the line's own ``discount_minor``."""

    sku: str
    quantity: Decimal
    amount_minor: int
    discount_minor: int = 0
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Purchase:
    """An order. ``discount_minor`` is on the order as a whole, besides those of its lines.

    Without a customer nobody knows who bought; without a currency it is the brand's.
    """

    source: str
    number: str
    occurred_at: datetime
    lines: Sequence[Sold]
    customer_id: int | None = None
    branch_id: int | None = None
    channel: str = ""
    currency: str = ""
    discount_minor: int = 0
    shipping_minor: int = 0
    tax_minor: int = 0
    coupon: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenBack:
    """One line of a return. Without an amount it is worth its frozen share of the order's line."""

    sku: str
    quantity: Decimal
    amount_minor: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Return:
    """A refund. With ``order_id`` its lines belong to that order; the customer is the order's."""

    source: str
    number: str
    occurred_at: datetime
    lines: Sequence[GivenBack]
    order_id: int | None = None
    customer_id: int | None = None
    branch_id: int | None = None
    currency: str = ""


def frozen_lines(purchase: Purchase) -> list[Sold]:
    """Give each line its share of the order's discount. Raises DiscountAboveGoods."""
    if not purchase.discount_minor:
        return list(purchase.lines)
    worth = [max(line.amount_minor, 0) for line in purchase.lines]
    if purchase.discount_minor > sum(worth):
        raise DiscountAboveGoods(purchase.number)
    shares = money.allocate(purchase.discount_minor, worth)
    return [
        replace(
            line, amount_minor=line.amount_minor - share, discount_minor=line.discount_minor + share
        )
        for line, share in zip(purchase.lines, shares, strict=True)
    ]
