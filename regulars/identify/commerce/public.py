"""The commerce front door: products, orders and refunds."""

from regulars.identify.commerce.cancellation import AlreadyReturned, cancel_order, reinstate_order
from regulars.identify.commerce.catalogue import (
    ProductNotFound,
    ProductPage,
    product_of,
    product_page,
)
from regulars.identify.commerce.former_facts import forget_former_facts
from regulars.identify.commerce.goods import (
    Hits,
    NotAPattern,
    add_goods_rule,
    adopt_common_rules,
    apply_goods_rules,
    is_goods,
    preview_goods_rule,
    remove_goods_rule,
)
from regulars.identify.commerce.import_traces import Traces, traces_of_import
from regulars.identify.commerce.known_numbers import (
    known_refunds,
    owners_of_orders,
    smaller_refunds,
)
from regulars.identify.commerce.matching import match_refunds, touched_rows, unmatch_refunds
from regulars.identify.commerce.matching_sets import count_unmatched, match_written
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
from regulars.identify.commerce.order_places import place_orders
from regulars.identify.commerce.order_sets import OrderSet, Written, compare_orders, record_orders
from regulars.identify.commerce.order_withdrawal import restore_orders, withdraw_orders
from regulars.identify.commerce.orders import OrderOfSomebodyElse, record_order
from regulars.identify.commerce.product_sets import compare_products, make_products, record_products
from regulars.identify.commerce.product_withdrawal import restore_products, withdraw_products
from regulars.identify.commerce.products import (
    ProductExists,
    ProductFacts,
    change_product,
    facts_of,
    register_product,
)
from regulars.identify.commerce.purchase import (
    DiscountAboveGoods,
    GivenBack,
    Purchase,
    Return,
    Sold,
)
from regulars.identify.commerce.reading import (
    OrderNotFound,
    find_orders,
    order_of,
    orders_of,
    refunds_of,
)
from regulars.identify.commerce.refund_sets import (
    RefundSet,
    compare_refunds,
    record_refunds,
)
from regulars.identify.commerce.refund_withdrawal import withdraw_refunds
from regulars.identify.commerce.refunds import (
    AmountMissing,
    MoreThanBought,
    RefundDiffers,
    record_refund,
)
from regulars.identify.commerce.returned import Returned, returned
from regulars.identify.commerce.sales import Month, Sales, sales_of
from regulars.identify.customers.public import NotOfThisBrand

__all__ = [
    "AlreadyReturned",
    "AmountMissing",
    "DiscountAboveGoods",
    "GivenBack",
    "GoodsRule",
    "Hits",
    "Line",
    "Month",
    "MoreThanBought",
    "NotAPattern",
    "NotOfThisBrand",
    "Order",
    "OrderNotFound",
    "OrderOfSomebodyElse",
    "OrderSet",
    "Product",
    "ProductExists",
    "ProductFacts",
    "ProductKind",
    "ProductNotFound",
    "ProductPage",
    "Purchase",
    "Refund",
    "RefundDiffers",
    "RefundLine",
    "RefundMatch",
    "RefundSet",
    "Return",
    "Returned",
    "Sales",
    "Sold",
    "Traces",
    "Written",
    "add_goods_rule",
    "adopt_common_rules",
    "apply_goods_rules",
    "cancel_order",
    "change_product",
    "compare_orders",
    "compare_products",
    "compare_refunds",
    "count_unmatched",
    "facts_of",
    "find_orders",
    "forget_former_facts",
    "is_goods",
    "known_refunds",
    "make_products",
    "match_refunds",
    "match_written",
    "order_of",
    "orders_of",
    "owners_of_orders",
    "place_orders",
    "preview_goods_rule",
    "product_of",
    "product_page",
    "record_order",
    "record_orders",
    "record_products",
    "record_refund",
    "record_refunds",
    "refunds_of",
    "register_product",
    "reinstate_order",
    "remove_goods_rule",
    "restore_orders",
    "restore_products",
    "returned",
    "sales_of",
    "smaller_refunds",
    "touched_rows",
    "traces_of_import",
    "unmatch_refunds",
    "withdraw_orders",
    "withdraw_products",
    "withdraw_refunds",
]
