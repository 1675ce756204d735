"""Write events, once each."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any

from django.db import connection, transaction

from regulars.identify.timeline.kinds import Kind
from regulars.identify.timeline.models.event import ORDINAL_BITS
from regulars.lake.public import next_revision

Row = tuple[int | str | bool | datetime | None, ...]
BATCH = 5_000
# Ready rows go to the database as they are: objects of the ORM would cost five times as much.
_ONE_BY_ONE = """
    INSERT INTO timeline_event (
        sequence, brand_id, customer_id, kind, occurred_at, received_at, source, message_id,
        value_minor, currency, properties, backfill)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING
"""
_TOGETHER = """
    INSERT INTO timeline_event (
        sequence, brand_id, customer_id, kind, occurred_at, received_at, source, message_id,
        value_minor, currency, properties, backfill)
    SELECT told.* FROM unnest(
        %s::bigint[], %s::bigint[], %s::integer[], %s::text[], %s::timestamptz[],
        %s::timestamptz[], %s::text[], %s::text[], %s::bigint[], %s::text[], %s::jsonb[],
        %s::boolean[]) AS told ON CONFLICT DO NOTHING
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Touch:
    """An event to be recorded; ``message_id`` is its idempotency key within brand and source."""

    brand_id: int
    customer_id: int | None
    kind: Kind
    occurred_at: datetime
    source: str
    message_id: str
    value_minor: int | None = None
    currency: str = ""
    properties: dict[str, Any] = field(default_factory=dict)
    backfill: bool = False


def record(touches: Iterable[Touch], *, now: datetime) -> None:
    """Record touches in the order given; one already recorded under its message id is passed over.

    For some thousands of touches at most a call; imports write theirs in sets.
    """
    rest = iter(touches)
    with transaction.atomic():
        while batch := list(islice(rest, BATCH)):
            _write(list(_rows(batch, now=now)))


def _write(rows: list[Row]) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_TOGETHER, [list(column) for column in zip(*rows, strict=True)])
        else:
            cursor.executemany(_ONE_BY_ONE, rows)


def _rows(touches: list[Touch], *, now: datetime) -> Iterator[Row]:
    first = next_revision() << ORDINAL_BITS
    instant = connection.ops.adapt_datetimefield_value
    received_at = instant(now)
    for ordinal, touch in enumerate(touches):
        yield (
            first + ordinal,
            touch.brand_id,
            touch.customer_id,
            touch.kind.name,
            instant(touch.occurred_at),
            received_at,
            touch.source,
            touch.message_id,
            touch.value_minor,
            touch.currency,
            json.dumps(touch.properties),
            touch.backfill,
        )
