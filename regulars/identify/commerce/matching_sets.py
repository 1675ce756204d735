"""Match refunds anew after a set of orders and refunds was written."""

from django.db import connection

from regulars.identify.commerce.matching import match_refunds
from regulars.organization.public import Brand

# Only people who gave something back compete for lines; and refunds of somebody unknown that name
# their order. An order changed may have lost a line, so all that its customer gave back counts.
_TOUCHED = """
    CREATE TEMPORARY TABLE matching_touched AS
    SELECT refund.order_id, refund.customer_id, line.product_id
    FROM (SELECT customer_id FROM commerce_order WHERE revision = {revision}
          UNION SELECT customer_id FROM commerce_refund WHERE revision = {revision}) AS person
    JOIN commerce_refund AS refund ON refund.customer_id = person.customer_id
    JOIN commerce_refundline AS line ON line.refund_id = refund.id
    UNION
    SELECT refund.order_id, refund.customer_id, line.product_id
    FROM (SELECT id FROM commerce_order WHERE revision = {revision}) AS bought
    JOIN commerce_refund AS refund ON refund.order_id = bought.id
    JOIN commerce_refundline AS line ON line.refund_id = refund.id
    UNION
    SELECT refund.order_id, refund.customer_id, line.product_id
    FROM commerce_refund AS refund JOIN commerce_refundline AS line ON line.refund_id = refund.id
    WHERE refund.revision = {revision}
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


def match_written(*, revision: int) -> int:
    """Match all refunds that what was written under ``revision`` may touch; return the matches.

    Call it in the transaction of that revision.
    """
    with connection.cursor() as cursor:
        cursor.execute(_TOUCHED.format(revision=int(revision)))
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
