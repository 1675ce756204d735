"""Write events, once each."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any

from django.db import transaction

from regulars.identify.timeline.kinds import Kind
from regulars.identify.timeline.models import Event
from regulars.identify.timeline.models.event import ORDINAL_BITS
from regulars.lake.public import next_revision

BATCH = 5_000


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
            Event.objects.bulk_create(_events(batch, now=now), ignore_conflicts=True)


def _events(touches: list[Touch], *, now: datetime) -> Iterator[Event]:
    first = next_revision() << ORDINAL_BITS
    for ordinal, touch in enumerate(touches):
        yield Event(
            sequence=first + ordinal,
            brand_id=touch.brand_id,
            customer_id=touch.customer_id,
            kind=touch.kind.name,
            occurred_at=touch.occurred_at,
            received_at=now,
            source=touch.source,
            message_id=touch.message_id,
            value_minor=touch.value_minor,
            currency=touch.currency,
            properties=touch.properties,
            backfill=touch.backfill,
        )
