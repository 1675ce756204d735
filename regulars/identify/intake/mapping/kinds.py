"""The fields of each kind of file."""

from collections.abc import Mapping

from regulars.identify.customers.public import Field as StaffField
from regulars.identify.customers.public import fields_of
from regulars.identify.intake.mapping.customer_fields import CUSTOMER_FIELDS
from regulars.identify.intake.mapping.field import Field
from regulars.identify.intake.mapping.order_fields import ORDER_FIELDS
from regulars.identify.intake.mapping.product_fields import PRODUCT_FIELDS
from regulars.organization.public import Brand


def fields_for(kind: str, brand: Brand) -> Mapping[str, Field]:
    """Return the fields of a kind of file; customers have those the brand's staff defined, too."""
    if kind != "customers":
        return FIELDS[kind]
    own = {f"fields.{field.key}": _own(field) for field in fields_of(brand=brand)}
    return {**CUSTOMER_FIELDS, **own}


def _own(field: StaffField) -> Field:
    return Field(key=f"fields.{field.key}", label=field.label)


FIELDS: dict[str, Mapping[str, Field]] = {
    "orders": ORDER_FIELDS,
    "customers": CUSTOMER_FIELDS,
    "products": PRODUCT_FIELDS,
}
