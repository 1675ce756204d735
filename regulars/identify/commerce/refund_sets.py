"""Write refunds by the set, by the rules of refunds.py. Orders must have been written before."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.backends.utils import CursorWrapper

from regulars.identify.commerce import refund_steps as steps
from regulars.identify.commerce.events import ORDER_REFUNDED, refund_message_id
from regulars.identify.commerce.order_sets import Written
from regulars.identify.timeline.public import record_set
from regulars.organization.public import Brand

_KNOWN, _NEW = 0, 1


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundSet:
    """Where refunds wait to be written: two temporary tables, and what is true of all of them.

    ``refunds``: ordinal, number, order_number (or NULL), customer_id, branch_id, occurred_at,
    refunded_on, currency, amount_minor, lines (their number), properties (of the event, JSON).
    ``lines``: ordinal, position from 1, product_id, quantity and amount_minor, both positive.

    A refund with a ``grown_number`` is all that was given back of its order so far. What of it is
    not known yet is written: under that number if its own is taken, and with ``grown_at``,
    ``grown_on`` and ``grown_properties`` if the order was known before.
    """

    brand: Brand
    source: str
    refunds: str
    lines: str


def compare_refunds(told: RefundSet, *, import_id: int) -> Written:
    """Say what ``record_refunds`` would do. Nothing is written but temporary tables."""
    with _compared(told, import_id) as (cursor, written):
        del cursor
        return written


def record_refunds(told: RefundSet, *, import_id: int, revision: int, now: datetime) -> Written:
    """Write the new refunds; known ones stay, and those that differ are reported as taken.

    A refund that names an order of the same source belongs to it and to its customer. Announces
    Order Refunded, as backfill. Refunds must be matched afterwards: see match_refunds.
    """
    key: list[int | str] = [told.brand.pk, told.source]
    with _compared(told, import_id) as (cursor, written):
        if written.new:
            _run(cursor, steps.INSERT, told, [*key, import_id, revision])
            _run(cursor, steps.LINES, told, [revision, *key])
            _run(cursor, steps.GROWN_LINES, told, [revision, *key])
            touches = steps.REFUNDED.format(
                brand=told.brand.pk,
                source=_quoted(told.source),
                prefix=_quoted(refund_message_id("")),
            )
            record_set(brand=told.brand, kind=ORDER_REFUNDED, touches=touches, revision=revision,
                       now=now, backfill=True)  # fmt: skip
    return written


@contextmanager
def _compared(told: RefundSet, import_id: int) -> Iterator[tuple[CursorWrapper, Written]]:
    key: list[int | str] = [told.brand.pk, told.source]
    with connection.cursor() as cursor:
        _run(cursor, steps.KNOWN, told, [*key, *key])
        if connection.vendor == "postgresql":
            cursor.execute("ANALYZE refund_known")
        _run(cursor, steps.JUDGED, told, key, import_id=int(import_id))
        yield cursor, _counted(cursor, told)
        cursor.execute("DROP TABLE refund_judged")
        cursor.execute("DROP TABLE refund_known")


def _counted(cursor: CursorWrapper, told: RefundSet) -> Written:
    _run(cursor, steps.DIFFERING, told, [])
    taken = tuple(number for (number,) in cursor.fetchall())
    cursor.execute(steps.COUNT)
    found = dict(cursor.fetchall())
    return Written(new=found.get(_NEW, 0), changed=0, unchanged=found.get(_KNOWN, 0), taken=taken)


def _run(
    cursor: CursorWrapper,
    sql: str,
    told: RefundSet,
    parameters: list[int | str],
    **blanks: int,
) -> None:
    cursor.execute(sql.format(refunds=told.refunds, lines=told.lines, **blanks), parameters)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''").replace("%", "%%") + "'"
