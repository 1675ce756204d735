"""Write products by the set, out of temporary tables."""

from django.db import connection
from django.db.backends.utils import CursorWrapper

from regulars.identify.commerce.goods import apply_goods_rules
from regulars.identify.commerce.order_sets import Written
from regulars.organization.public import Brand

_NEW = """
    INSERT INTO commerce_product (
        brand_id, sku, name, maker, category, kind, price_minor, cost_minor, goods, import_id,
        revision)
    SELECT %s, told.sku, coalesce(told.name, ''), coalesce(told.maker, ''),
           coalesce(told.category, ''), coalesce(told.kind, ''), told.price_minor,
           told.cost_minor, TRUE, %s, %s
    FROM {products} AS told WHERE 1 = 1
    ORDER BY told.sku
    ON CONFLICT (brand_id, sku) DO NOTHING
"""
_CHANGED = """
    CREATE TEMPORARY TABLE product_changed AS
    SELECT kept.id, told.sku FROM {products} AS told
    JOIN commerce_product AS kept ON kept.brand_id = %s AND kept.sku = told.sku
    WHERE told.name <> kept.name OR told.maker <> kept.maker OR told.category <> kept.category
       OR told.kind <> kept.kind
       OR (told.price_minor IS NOT NULL
           AND (kept.price_minor IS NULL OR told.price_minor <> kept.price_minor))
       OR (told.cost_minor IS NOT NULL
           AND (kept.cost_minor IS NULL OR told.cost_minor <> kept.cost_minor))
"""
_REMEMBER = """
    INSERT INTO commerce_formerproduct (
        import_id, product_id, name, maker, category, kind, price_minor, cost_minor, revision,
        former_revision)
    SELECT %s, kept.id, kept.name, kept.maker, kept.category, kept.kind, kept.price_minor,
           kept.cost_minor, %s, kept.revision
    FROM commerce_product AS kept JOIN product_changed AS changed ON changed.id = kept.id
"""
_CHANGE = """
    UPDATE commerce_product SET
        name = coalesce(told.name, commerce_product.name),
        maker = coalesce(told.maker, commerce_product.maker),
        category = coalesce(told.category, commerce_product.category),
        kind = coalesce(told.kind, commerce_product.kind),
        price_minor = coalesce(told.price_minor, commerce_product.price_minor),
        cost_minor = coalesce(told.cost_minor, commerce_product.cost_minor), revision = %s
    FROM {products} AS told JOIN product_changed AS changed ON changed.sku = told.sku
    WHERE commerce_product.id = changed.id
"""


def make_products(*, brand: Brand, products: str, import_id: int, revision: int) -> int:
    """Make the products not known yet, judged by the brand's rules of goods; return how many.

    ``products`` is a temporary table: sku, name, maker, category, kind, price_minor, cost_minor;
    NULL where nothing is told. Known products stay as they are.
    """
    with connection.cursor() as cursor:
        cursor.execute(_NEW.format(products=products), [brand.pk, import_id, revision])
        made = int(cursor.rowcount)
    if made:
        apply_goods_rules(brand=brand, revision=revision)
    return made


def compare_products(*, brand: Brand, products: str) -> Written:
    """Say what ``record_products`` would do."""
    with connection.cursor() as cursor:
        written = _compare(cursor, brand, products)
        cursor.execute("DROP TABLE product_changed")
    return written


def record_products(*, brand: Brand, products: str, import_id: int, revision: int) -> Written:
    """Make products, and change known ones to what is told; the same again changes nothing.

    ``products`` is as for ``make_products``. What a product was is remembered for ``import_id``.
    """
    with connection.cursor() as cursor:
        written = _compare(cursor, brand, products)
        if written.changed:
            cursor.execute(_REMEMBER, [import_id, revision])
            cursor.execute(_CHANGE.format(products=products), [revision])
        cursor.execute("DROP TABLE product_changed")
        cursor.execute(_NEW.format(products=products), [brand.pk, import_id, revision])
    if written.new or written.changed:
        apply_goods_rules(brand=brand, revision=revision)
    return written


def _compare(cursor: CursorWrapper, brand: Brand, products: str) -> Written:
    cursor.execute(_CHANGED.format(products=products), [brand.pk])
    cursor.execute("SELECT count(*) FROM product_changed")
    changed = int(cursor.fetchone()[0])
    cursor.execute(
        f"""
        SELECT count(*), count(kept.id) FROM {products} AS told LEFT JOIN commerce_product AS kept
          ON kept.brand_id = %s AND kept.sku = told.sku
        """,  # noqa: S608
        [brand.pk],
    )
    everything, known = cursor.fetchone()
    return Written(new=everything - known, changed=changed, unchanged=known - changed)
