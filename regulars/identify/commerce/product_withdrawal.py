"""Take back the products an import made, and put back those it changed."""

from collections.abc import Sequence

from regulars.identify.commerce.goods import apply_goods_rules
from regulars.identify.commerce.models import Product
from regulars.lake.public import (
    LEAVING,
    Remembered,
    Withdrawn,
    counted,
    keep_changed,
    keep_held,
    pointing_at,
    portion,
    put_back,
    remove_rows,
    rows_made,
)
from regulars.organization.public import Brand

_REMEMBERED = Remembered(
    mirror="products",
    table="commerce_product",
    former="commerce_formerproduct",
    key="product_id",
    columns=("name", "maker", "category", "kind", "price_minor", "cost_minor"),
)


def withdraw_products(
    *, brand: Brand, import_id: int, revisions: Sequence[int], after: int, revision: int
) -> Withdrawn:
    """Take back some thousand products that an import made, with ids above ``after``.

    Those last written at none of its ``revisions``, or that a line still names, stay. Call it in
    the transaction of ``revision``, after the import's orders and refunds.
    """
    of_brand = f"AND brand_id = {brand.pk}"
    asked = rows_made(table="commerce_product", import_id=import_id, after=after, also=of_brand)
    with portion(asked, mirror="products") as cursor:
        keep_changed(cursor, revisions=revisions)
        keep_held(cursor, by=set(pointing_at(Product)))
        found = counted()
        remove_rows(table="commerce_product", mirror="products", rows=LEAVING, revision=revision)
    return found


def restore_products(*, brand: Brand, import_id: int, after: int, revision: int) -> Withdrawn:
    """Put back some thousand products that an import changed, unless they were changed since.

    What is goods is judged anew by the brand's rules. Call it in the transaction of ``revision``.
    """
    found = put_back(_REMEMBERED, import_id=import_id, after=after, revision=revision)
    if found.gone:
        apply_goods_rules(brand=brand, revision=revision)
    return found
