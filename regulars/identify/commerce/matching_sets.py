"""Match refunds anew after a set of orders and refunds was written."""

from collections.abc import Sequence

from django.db import connection

from regulars.identify.commerce.matching import match_refunds
from regulars.organization.public import Brand

# Only people who gave something back compete for lines; and refunds of somebody unknown that name
# their order.
_TOUCHED = """
    CREATE TEMPORARY TABLE matching_touched AS
    SELECT DISTINCT refund.order_id, refund.customer_id, line.product_id
    FROM commerce_refund AS refund JOIN commerce_refundline AS line ON line.refund_id = refund.id
    WHERE refund.brand_id = %s AND (refund.revision IN ({revisions}) OR refund.customer_id IN (
        SELECT customer_id FROM commerce_order WHERE revision IN ({revisions})
        UNION SELECT customer_id FROM commerce_refund WHERE revision IN ({revisions}))
        OR refund.order_id IN (SELECT id FROM commerce_order WHERE revision IN ({revisions})))
"""

_UNMATCHED = """
    SELECT count(*) FROM {refunds} AS told JOIN commerce_refund AS refund
      ON refund.brand_id = %s AND refund.source = %s AND refund.number = told.number
    JOIN commerce_refundline AS line ON line.refund_id = refund.id
    LEFT JOIN (
        SELECT refund_line_id, sum(quantity) AS quantity, sum(amount_minor) AS amount
        FROM commerce_refundmatch GROUP BY refund_line_id
    ) AS matched ON matched.refund_line_id = line.id
    WHERE coalesce(matched.quantity, 0) < line.quantity - 0.0005
       OR (line.quantity = 0 AND coalesce(matched.amount, 0) < line.amount_minor)
"""


def match_written(*, brand: Brand, revisions: Sequence[int], revision: int) -> int:
    """Match all refunds that what was written under ``revisions`` may touch; return the matches."""
    numbers = ", ".join(str(int(number)) for number in revisions) or "0"
    with connection.cursor() as cursor:
        cursor.execute(_TOUCHED.format(revisions=numbers), [brand.pk])
        if connection.vendor == "postgresql":
            cursor.execute("ANALYZE matching_touched")
        found = match_refunds(touched="matching_touched", revision=revision)
        cursor.execute("DROP TABLE matching_touched")
    return found


def count_unmatched(*, brand: Brand, source: str, refunds: str) -> int:
    """Count the lines of some refunds that are not wholly matched to what was bought.

    ``refunds`` is a table, or a subselect in brackets, of numbers.
    """
    with connection.cursor() as cursor:
        cursor.execute(_UNMATCHED.format(refunds=refunds), [brand.pk, source])
        return int(cursor.fetchone()[0])
