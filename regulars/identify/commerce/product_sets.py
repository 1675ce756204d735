"""Write products by the set."""

from django.db import connection

from regulars.identify.commerce.goods import apply_goods_rules
from regulars.organization.public import Brand

_NEW = """
    INSERT INTO commerce_product (
        brand_id, sku, name, maker, category, kind, goods, import_id, revision)
    SELECT %s, told.sku, told.name, told.maker, told.category, '', TRUE, %s, %s
    FROM {products} AS told WHERE 1 = 1
    ORDER BY told.sku
    ON CONFLICT (brand_id, sku) DO NOTHING
"""


def make_products(*, brand: Brand, products: str, import_id: int, revision: int) -> int:
    """Make the products not known yet, judged by the brand's rules of goods; return how many.

    ``products`` is a temporary table of sku, name, maker and category. Known ones stay as they are.
    """
    sql = _NEW.format(products=products)
    with connection.cursor() as cursor:
        cursor.execute(sql, [brand.pk, import_id, revision])
        made = int(cursor.rowcount)
    if made:
        apply_goods_rules(brand=brand, revision=revision)
    return made
