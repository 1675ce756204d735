"""The commerce front door: products, orders and refunds."""

from regulars.identify.commerce.models import (
    GoodsRule,
    Line,
    Order,
    Product,
    ProductKind,
    Refund,
    RefundLine,
    RefundMatch,
)

__all__ = [
    "GoodsRule",
    "Line",
    "Order",
    "Product",
    "ProductKind",
    "Refund",
    "RefundLine",
    "RefundMatch",
]
