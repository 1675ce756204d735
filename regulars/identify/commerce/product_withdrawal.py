"""Take back the products an import made, and put back those it changed."""

from collections.abc import Sequence

from regulars.identify.commerce.goods import apply_goods_rules
from regulars.identify.commerce.models import Product
from regulars.lake.public import (
    LEAVING,
    Withdrawn,
    counted,
    keep_changed,
    keep_held,
    note_reversions,
    pointing_at,
    portion,
    remove_rows,
)
from regulars.organization.public import Brand

_MADE = """
    SELECT id AS place, id, revision AS said, 0 AS stays FROM commerce_product
    WHERE brand_id = {brand} AND import_id = {import_id} AND id > {after}
"""
_CHANGED = """
    SELECT former.id AS place, kept.id, kept.revision AS said, 0 AS stays,
           former.revision AS changed_at, former.former_revision
    FROM commerce_formerproduct AS former JOIN commerce_product AS kept
      ON kept.id = former.product_id
    WHERE former.import_id = {import_id} AND former.id > {after}
"""
_BACK = """
    UPDATE commerce_product SET
        name = former.name, maker = former.maker, category = former.category, kind = former.kind,
        price_minor = former.price_minor, cost_minor = former.cost_minor, revision = {revision}
    FROM commerce_formerproduct AS former JOIN withdrawn ON withdrawn.place = former.id
    WHERE commerce_product.id = former.product_id AND withdrawn.stays = 0
"""
_FORGET = "DELETE FROM commerce_formerproduct WHERE id IN (SELECT place FROM withdrawn)"


def withdraw_products(
    *, brand: Brand, import_id: int, revisions: Sequence[int], after: int, revision: int
) -> Withdrawn:
    """Take back some thousand products that an import made, with ids above ``after``.

    Those last written at none of its ``revisions``, or that a line still names, stay. Call it in
    the transaction of ``revision``, after the import's orders and refunds.
    """
    asked = _MADE.format(brand=brand.pk, import_id=int(import_id), after=int(after))
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
    asked = _CHANGED.format(import_id=int(import_id), after=int(after))
    with portion(asked, mirror="products") as cursor:
        cursor.execute("UPDATE withdrawn SET stays = 1 WHERE said <> changed_at")
        found = counted()
        cursor.execute(_BACK.format(revision=int(revision)))
        note_reversions(mirror="products", rows=LEAVING, revision=revision)
        cursor.execute(_FORGET)
    if found.gone:
        apply_goods_rules(brand=brand, revision=revision)
    return found
