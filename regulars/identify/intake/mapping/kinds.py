"""The fields of each kind of file."""

from collections.abc import Mapping

from regulars.identify.intake.mapping.customer_fields import CUSTOMER_FIELDS
from regulars.identify.intake.mapping.field import Field
from regulars.identify.intake.mapping.order_fields import ORDER_FIELDS
from regulars.identify.intake.mapping.product_fields import PRODUCT_FIELDS

FIELDS: dict[str, Mapping[str, Field]] = {
    "orders": ORDER_FIELDS,
    "customers": CUSTOMER_FIELDS,
    "products": PRODUCT_FIELDS,
}
