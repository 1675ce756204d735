"""Record events by the set."""

from datetime import datetime

from django.db import connection

from regulars.identify.timeline.kinds import Kind
from regulars.identify.timeline.models.event import ORDINAL_BITS
from regulars.organization.public import Brand

_RECORD = """
    INSERT INTO timeline_event (
        sequence, brand_id, customer_id, kind, occurred_at, received_at, source, message_id,
        value_minor, currency, properties, backfill)
    SELECT %s + row_number() OVER (ORDER BY told.occurred_at, told.message_id), %s,
           told.customer_id, %s, {occurred_at}, %s, told.source, told.message_id,
           told.value_minor, told.currency, told.properties, %s
    FROM {touches} AS told WHERE 1 = 1
    ON CONFLICT (brand_id, source, message_id) DO NOTHING
"""
_FORGET = """
    INSERT INTO lake_removal ("table", row_id, revision)
    SELECT 'events', event.sequence, %s FROM timeline_event AS event JOIN {touches} AS told
      ON event.brand_id = %s AND event.source = told.source AND event.message_id = told.message_id
"""
_DELETE = """
    DELETE FROM timeline_event WHERE brand_id = %s AND (source, message_id) IN (
        SELECT told.source, told.message_id FROM {touches} AS told)
"""


def record_set(
    *,
    brand: Brand,
    kind: Kind,
    touches: str,
    revision: int,
    now: datetime,
    backfill: bool,
    at_once: bool = False,
    after: int = 0,
) -> int:
    """Record one event of a kind for every row of a table; return how many were new.

    ``touches`` is a table, or a subselect in brackets: customer_id, occurred_at, source,
    message_id, value_minor, currency, properties (JSON). They are numbered by occurred_at, from
    ``after`` on within the revision; ``at_once`` means that all of them happened now. Call it in
    the transaction that took the revision.
    """
    first = (revision << ORDINAL_BITS) + after
    instant = connection.ops.adapt_datetimefield_value(now)
    sql = _RECORD.format(touches=touches, occurred_at="%s" if at_once else "told.occurred_at")
    times = [instant, instant] if at_once else [instant]
    with connection.cursor() as cursor:
        cursor.execute(sql, [first - 1, brand.pk, kind.name, *times, backfill])
        return int(cursor.rowcount)


def withdraw_set(*, brand: Brand, touches: str, revision: int) -> int:
    """Take back events of what never was so, as when an import is undone; return how many.

    ``touches`` is a table, or a subselect in brackets, of source and message_id.
    """
    with connection.cursor() as cursor:
        cursor.execute(_FORGET.format(touches=touches), [revision, brand.pk])
        cursor.execute(_DELETE.format(touches=touches), [brand.pk])
        return int(cursor.rowcount)
