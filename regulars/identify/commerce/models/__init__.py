from regulars.identify.commerce.models.former import FormerLine, FormerOrder, FormerProduct
from regulars.identify.commerce.models.order import Line, Order
from regulars.identify.commerce.models.product import GoodsRule, Product, ProductKind
from regulars.identify.commerce.models.refund import Refund, RefundLine, RefundMatch

__all__ = [
    "FormerLine",
    "FormerOrder",
    "FormerProduct",
    "GoodsRule",
    "Line",
    "Order",
    "Product",
    "ProductKind",
    "Refund",
    "RefundLine",
    "RefundMatch",
]
