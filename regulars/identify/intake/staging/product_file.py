"""Turn the rows of a product file into staging tables."""

from collections.abc import Mapping, Sequence

from regulars.identify.intake.mapping.product_fields import CONSUMABLE, DURABLE, PRODUCT_FIELDS
from regulars.identify.intake.staging.cells import make_cells
from regulars.identify.intake.staging.filled import filled
from regulars.identify.intake.staging.money_signs import foreign_money
from regulars.identify.intake.staging.numbers import decimal_mark, minor, number
from regulars.identify.intake.staging.terms import Terms
from regulars.lake.public import Workbench

_FIGURES = ("price", "cost")


def stage_products(
    db: Workbench, *, columns: Sequence[str], mapping: Mapping[str, str], terms: Terms
) -> None:
    """Fill the tables of ``st`` from ``raw``."""
    make_cells(db, columns=columns, mapping=mapping, fields=PRODUCT_FIELDS.values())
    mapped = [key for key in _FIGURES if key in mapping]
    mark = terms.mark or decimal_mark(db, mapped, delimiter=terms.delimiter)
    figures = {key: minor(number(key, mark=mark), exponent=terms.exponent) for key in _FIGURES}
    signs = ", ".join(foreign_money(key, currency=terms.currency) for key in _FIGURES)
    db.execute(filled(_JUDGED, signs=signs, **figures), {"currency": terms.currency})
    db.execute(_REJECTS)
    db.execute(filled(_PRODUCTS, consumable=str(CONSUMABLE), durable=str(DURABLE)))


_JUDGED = r"""
    CREATE OR REPLACE TABLE judged AS
    WITH read AS (SELECT *, <price> AS price_minor, <cost> AS cost_minor,
                         coalesce(<signs>) AS foreign_sign FROM cell)
    SELECT *, CASE WHEN regexp_matches(mistake, '^\w+: =') THEN 'formula'
                   WHEN mistake IS NOT NULL THEN 'sheet_error'
                   WHEN sku IS NULL THEN 'sku_missing'
                   WHEN length(sku) > 120 THEN 'sku_long'
                   WHEN contains(concat_ws(' ', sku, product, maker, category), chr(0)) THEN 'nul'
                   WHEN price IS NOT NULL AND price_minor IS NULL THEN 'figure_unreadable'
                   WHEN cost IS NOT NULL AND cost_minor IS NULL THEN 'figure_unreadable'
                   WHEN foreign_sign IS NOT NULL THEN 'other_currency'
                   WHEN price_minor < 0 OR cost_minor < 0 THEN 'negative_price'
              END AS problem,
           CASE WHEN mistake IS NOT NULL THEN mistake
                WHEN price IS NOT NULL AND coalesce(price_minor, -1) < 0
                THEN 'price: ' || left(price, 60)
                WHEN cost IS NOT NULL AND coalesce(cost_minor, -1) < 0
                THEN 'cost: ' || left(cost, 60)
                ELSE foreign_sign || ' ' || $currency END AS detail
    FROM read
"""

_REJECTS = """
    CREATE OR REPLACE TABLE st.reject AS
    SELECT row_no, problem AS reason, detail FROM judged WHERE problem IS NOT NULL ORDER BY row_no
"""

# Of several rows about one SKU the last one that tells something counts; NULL tells nothing.
_PRODUCTS = """
    CREATE OR REPLACE TABLE st.product AS
    WITH gathered AS (
        SELECT sku, left(arg_max(product, row_no), 300) AS name,
               left(arg_max(maker, row_no), 120) AS maker,
               left(arg_max(category, row_no), 300) AS category,
               arg_max(price_minor, row_no) AS price_minor,
               arg_max(cost_minor, row_no) AS cost_minor,
               arg_max(CASE WHEN lower(durability) IN <consumable> THEN 'consumable'
                            WHEN lower(durability) IN <durable> THEN 'durable' END,
                       row_no) AS kind
        FROM judged WHERE problem IS NULL GROUP BY sku
    )
    SELECT *, CAST((row_number() OVER (ORDER BY sku) - 1) // 20000 AS INTEGER) AS step
    FROM gathered ORDER BY sku
"""
