"""Write refunds by the set, by the rules of refunds.py. Orders must have been written before."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.backends.utils import CursorWrapper

from regulars.identify.commerce.events import ORDER_REFUNDED, refund_message_id
from regulars.identify.commerce.order_sets import Written
from regulars.identify.timeline.public import record_set
from regulars.organization.public import Brand


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundSet:
    """Where refunds wait to be written: two temporary tables, and what is true of all of them.

    ``refunds``: ordinal, number, order_number (or NULL), customer_id, branch_id, occurred_at,
    refunded_on, currency, amount_minor, lines (their number), properties (of the event, JSON).
    ``lines``: ordinal, position from 1, product_id, quantity and amount_minor, both positive.
    """

    brand: Brand
    source: str
    refunds: str
    lines: str


_KNOWN = """
    CREATE TEMPORARY TABLE refund_known AS
    SELECT told.ordinal, kept.id, CASE WHEN kept.amount_minor <> told.amount_minor
               OR kept.occurred_at <> told.occurred_at
               OR (told.customer_id IS NOT NULL AND kept.customer_id IS NOT NULL
                   AND told.customer_id <> coalesce(theirs.canonical_id, theirs.id))
           THEN 1 ELSE 0 END AS differs
    FROM {refunds} AS told JOIN commerce_refund AS kept
      ON kept.brand_id = %s AND kept.source = %s AND kept.number = told.number
    LEFT JOIN customers_customer AS theirs ON theirs.id = kept.customer_id
"""
_INSERT = """
    INSERT INTO commerce_refund (
        brand_id, source, number, order_id, customer_id, branch_id, occurred_at, refunded_on,
        currency, amount_minor, import_id, revision)
    SELECT %s, %s, told.number, bought.id,
           CASE WHEN bought.id IS NULL THEN told.customer_id ELSE bought.customer_id END,
           coalesce(told.branch_id, bought.branch_id), told.occurred_at, told.refunded_on,
           told.currency, told.amount_minor, %s, %s
    FROM {refunds} AS told LEFT JOIN commerce_order AS bought
      ON bought.brand_id = %s AND bought.source = %s AND bought.number = told.order_number
    WHERE told.ordinal NOT IN (SELECT ordinal FROM refund_known)
    ORDER BY told.ordinal
"""
_LINES = """
    INSERT INTO commerce_refundline (
        refund_id, position, product_id, quantity, amount_minor, revision)
    SELECT kept.id, line.position, line.product_id, line.quantity, line.amount_minor, %s
    FROM {lines} AS line JOIN {refunds} AS told ON told.ordinal = line.ordinal
    JOIN commerce_refund AS kept
      ON kept.brand_id = %s AND kept.source = %s AND kept.number = told.number
    WHERE line.ordinal NOT IN (SELECT ordinal FROM refund_known)
    ORDER BY line.ordinal, line.position
"""
_DIFFERING = """
    SELECT told.number FROM {refunds} AS told JOIN refund_known AS known
      ON known.ordinal = told.ordinal WHERE known.differs = 1 ORDER BY told.number
"""
_REFUNDED = """
    (SELECT kept.customer_id, told.occurred_at, kept.source, {prefix} || told.number AS message_id,
            told.amount_minor AS value_minor, told.currency, told.properties
     FROM {refunds} AS told JOIN commerce_refund AS kept
       ON kept.brand_id = {brand} AND kept.source = {source} AND kept.number = told.number
     WHERE told.ordinal NOT IN (SELECT ordinal FROM refund_known))
"""


def compare_refunds(told: RefundSet) -> Written:
    """Say what ``record_refunds`` would do. Nothing is written but temporary tables."""
    with connection.cursor() as cursor:
        written = _compare(cursor, told)
        cursor.execute("DROP TABLE refund_known")
    return written


def record_refunds(told: RefundSet, *, import_id: int, revision: int, now: datetime) -> Written:
    """Write the new refunds; known ones stay, and those that differ are reported as taken.

    A refund that names an order of the same source belongs to it and to its customer. Announces
    Order Refunded, as backfill. Refunds must be matched afterwards: see match_refunds.
    """
    key: list[int | str] = [told.brand.pk, told.source]
    with connection.cursor() as cursor:
        written = _compare(cursor, told)
        if written.new:
            _run(cursor, _INSERT, told, [*key, import_id, revision, *key])
            _run(cursor, _LINES, told, [revision, *key])
            touches = _REFUNDED.format(
                refunds=told.refunds,
                brand=told.brand.pk,
                source=_quoted(told.source),
                prefix=_quoted(refund_message_id("")),
            )
            record_set(brand=told.brand, kind=ORDER_REFUNDED, touches=touches, revision=revision,
                       now=now, backfill=True)  # fmt: skip
        cursor.execute("DROP TABLE refund_known")
    return written


def _compare(cursor: CursorWrapper, told: RefundSet) -> Written:
    _run(cursor, _KNOWN, told, [told.brand.pk, told.source])
    _run(cursor, _DIFFERING, told, [])
    taken = tuple(number for (number,) in cursor.fetchall())
    cursor.execute("SELECT count(*) FROM refund_known")
    known = int(cursor.fetchone()[0])
    cursor.execute(f"SELECT count(*) FROM {told.refunds}")  # noqa: S608
    everything = int(cursor.fetchone()[0])
    return Written(new=everything - known, changed=0, unchanged=known - len(taken), taken=taken)


def _run(cursor: CursorWrapper, sql: str, told: RefundSet, parameters: list[int | str]) -> None:
    cursor.execute(sql.format(refunds=told.refunds, lines=told.lines), parameters)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''").replace("%", "%%") + "'"
