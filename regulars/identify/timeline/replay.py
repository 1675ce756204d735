"""Hand events to a reader again: all from some point on, or one that failed."""

from datetime import datetime

from django.db import transaction

from regulars.identify.timeline.models import Cursor, Event, PoisonedEvent
from regulars.identify.timeline.readers import reader_named
from regulars.identify.timeline.reading import cursor_of, note_failure
from regulars.work.public import will_pass


class NotReplayable(Exception):
    """The reader does not say that it may be handed an event twice."""


def replay(reader: str, *, received_from: datetime | None, now: datetime) -> int:
    """Set a reader back, so that it is handed what was received from then on; None: everything.

    Its effects must not depend on how often it is handed an event, and it must say so by
    ``replayable``. Events set aside since that point get another chance. Returns the sequence
    after which it goes on. Raises UnknownReader and NotReplayable.
    """
    declared = reader_named(reader)
    if not declared.replayable:
        raise NotReplayable(f"Reader {reader!r} does not say that it may be handed events twice.")
    cursor_of(declared)
    with transaction.atomic():
        cursor = Cursor.objects.select_for_update().get(pk=reader)
        sequence = min(cursor.sequence, _before(received_from))
        Cursor.objects.filter(pk=reader).update(sequence=sequence, moved_at=now)
        PoisonedEvent.objects.filter(reader=reader, sequence__gt=sequence).delete()
    return sequence


def _before(received_from: datetime | None) -> int:
    if received_from is None:
        return 0
    later = Event.objects.filter(received_at__gte=received_from).order_by("sequence")
    first = later.values_list("sequence", flat=True).first()
    last = Event.objects.order_by("-sequence").values_list("sequence", flat=True).first()
    return (last or 0) if first is None else first - 1


def retry(poisoned: PoisonedEvent) -> bool:
    """Hand an event that was set aside to its reader again; return whether it went well now.

    The events after it have been handed over meanwhile. Raises UnknownReader.
    """
    declared = reader_named(poisoned.reader)
    event = Event.objects.filter(pk=poisoned.sequence).first()
    try:
        with transaction.atomic():
            Cursor.objects.select_for_update().get(pk=poisoned.reader)
            mine = PoisonedEvent.objects.filter(pk=poisoned.pk)
            if mine.delete()[0] and event is not None:
                declared.react([event])
    except Exception as error:
        if will_pass(error) or event is None:
            raise
        note_failure(declared, event, error)
        return False
    return True


def retry_all(reader: str) -> tuple[int, int]:
    """Retry all that was set aside for a reader; return how many went well, and how many not.

    Raises UnknownReader.
    """
    reader_named(reader)
    aside = PoisonedEvent.objects.filter(reader=reader).order_by("sequence")
    outcomes = [retry(poisoned) for poisoned in aside]
    return outcomes.count(True), outcomes.count(False)
