"""The events that were set aside, as a brand sees them."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from regulars.identify.timeline.models import Event, PoisonedEvent
from regulars.identify.timeline.readers import readers


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAside:
    """An event of a brand that a reader failed on, and what the reader is called."""

    poisoned: PoisonedEvent
    title: str
    event: Event


def set_aside(*, brand_id: int, limit: int = 50) -> list[SetAside]:
    """Return the latest events of a brand that readers failed on."""
    rows = _of_brand(brand_id).order_by("-failed_at")[:limit]
    events = Event.objects.in_bulk([row.sequence for row in rows])
    known = readers()
    return [
        SetAside(
            poisoned=row,
            title=str(known[row.reader].title) if row.reader in known else row.reader,
            event=events[row.sequence],
        )
        for row in rows
    ]


def poisoned_of(*, brand_id: int, poisoned_id: int) -> PoisonedEvent | None:
    """Return an event that was set aside, if it is the brand's."""
    return _of_brand(brand_id).filter(pk=poisoned_id).first()


def _of_brand(brand_id: int) -> QuerySet[PoisonedEvent]:
    events = Event.objects.filter(brand_id=brand_id, sequence=OuterRef("sequence"))
    return PoisonedEvent.objects.filter(Exists(events))
