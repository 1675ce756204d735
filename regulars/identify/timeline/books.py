"""What must be true of the timeline."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from regulars.identify.timeline.models import Cursor, Event, PoisonedEvent
from regulars.identify.timeline.models.event import ORDINAL_BITS
from regulars.lake.public import last_revision
from regulars.work.public import claim


@claim(_("No reader stands beyond what has been written."))
def cursors_stand_within() -> Iterator[str]:
    written = _end_of_all()
    for cursor in Cursor.objects.filter(sequence__gt=written):
        yield f"reader {cursor.reader} stands at {cursor.sequence}, beyond {written}"


@claim(_("Every event is numbered within a revision that was given out."))
def events_lie_within() -> Iterator[str]:
    # Read first: events written meanwhile lie below what is asked for afterwards.
    last = Event.objects.order_by("-sequence").values_list("sequence", flat=True).first()
    written = _end_of_all()
    if last is not None and last > written:
        yield f"event {last} lies beyond the last revision, {written >> ORDINAL_BITS}"


@claim(_("Nothing was set aside that the reader has still before it."))
def set_aside_lies_behind() -> Iterator[str]:
    for cursor in Cursor.objects.all():
        ahead = PoisonedEvent.objects.filter(reader=cursor.reader, sequence__gt=cursor.sequence)
        if count := ahead.count():
            yield f"reader {cursor.reader}: {count} set aside beyond its cursor"


@claim(_("No event happened more than a day after it was received."))
def events_are_of_the_past() -> Iterator[str]:
    late = Event.objects.filter(occurred_at__gt=F("received_at") + timedelta(days=1))
    if count := late.count():
        yield f"{count} events happened after they were received"


def _end_of_all() -> int:
    return ((last_revision() + 1) << ORDINAL_BITS) - 1
