"""The fields of each kind of file."""

from collections.abc import Mapping

from regulars.identify.customers.public import Field as StaffField
from regulars.identify.customers.public import fields_of
from regulars.identify.intake.mapping.customer_fields import CUSTOMER_FIELDS
from regulars.identify.intake.mapping.field import Field
from regulars.identify.intake.mapping.order_fields import ORDER_FIELDS
from regulars.identify.intake.mapping.product_fields import PRODUCT_FIELDS
from regulars.identify.intake.reading.header import plain_name
from regulars.organization.public import Brand

OWN = "fields."


def fields_for(kind: str, brand: Brand) -> Mapping[str, Field]:
    """Return the fields of a kind of file; customers have those the brand's staff defined, too."""
    if kind != "customers":
        return FIELDS[kind]
    return {**CUSTOMER_FIELDS, **own_fields(kind, brand)}


def own_fields(kind: str, brand: Brand) -> Mapping[str, Field]:
    """Return the fields that the brand's staff defined, of a kind of file that may have them."""
    if kind != "customers":
        return {}
    return {f"{OWN}{field.key}": _own(field) for field in fields_of(brand=brand)}


def _own(field: StaffField) -> Field:
    names = (f"field_{field.key}", field.label, field.key)
    return Field(key=f"{OWN}{field.key}", label=field.label, names=tuple(map(plain_name, names)))


FIELDS: dict[str, Mapping[str, Field]] = {
    "orders": ORDER_FIELDS,
    "customers": CUSTOMER_FIELDS,
    "products": PRODUCT_FIELDS,
}
