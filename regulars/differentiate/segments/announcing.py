"""Put entries into segments and exits from them on the timeline, in sets."""

import json
from collections.abc import Iterator
from datetime import datetime

from django.db import connection
from pyroaring import BitMap

from regulars.differentiate.segments.events import SEGMENT_ENTERED, SEGMENT_LEFT
from regulars.differentiate.segments.models import Segment
from regulars.identify.timeline.public import Kind, record_set
from regulars.lake.public import next_revision

BATCH = 20_000  # a statement of SQLite may have a million characters
_TOUCHES = """(
    SELECT customer.id AS customer_id, NULL AS occurred_at, 'segments' AS source,
           '{word}:{segment}:{revision}:' || customer.id AS message_id,
           CAST(NULL AS bigint) AS value_minor, '' AS currency, {properties} AS properties
    FROM customers_customer AS customer WHERE customer.id IN ({numbers}))"""


def announce(segment: Segment, *, entered: BitMap, left: BitMap, now: datetime) -> None:
    """Record an event for everybody who entered or left; in the caller's transaction."""
    for kind, word, people in ((SEGMENT_ENTERED, "in", entered), (SEGMENT_LEFT, "out", left)):
        if people:
            _announce(segment, kind, word, people, now)


def _announce(segment: Segment, kind: Kind, word: str, people: BitMap, now: datetime) -> None:
    revision, after = next_revision(), 0
    for numbers in _batches(people):
        touches = _TOUCHES.format(
            word=word,
            segment=segment.pk,
            revision=revision,
            properties=_json({"segment": segment.name, "segment_id": segment.pk}),
            numbers=",".join(map(str, numbers)),
        )
        after += record_set(
            brand=segment.brand,
            kind=kind,
            touches=touches,
            revision=revision,
            now=now,
            backfill=False,
            at_once=True,
            after=after,
        )


def _batches(people: BitMap) -> Iterator[list[int]]:
    numbers = list(people)
    for start in range(0, len(numbers), BATCH):
        yield numbers[start : start + BATCH]


def _json(properties: dict[str, str | int]) -> str:
    text = json.dumps(properties).replace("'", "''").replace("%", "%%")
    kind = "jsonb" if connection.vendor == "postgresql" else "text"
    return f"CAST('{text}' AS {kind})"
