"""Hand a reader its events: in order, each once, whatever breaks.

The events of a batch and the cursor behind them are committed together. Should two workers ever
run one reader at once, the cursor's row lock lets one pass, and the other finds it moved. When a
batch fails, its halves are handed over in transactions of their own, down to the event that is to
blame: errors that show only at the commit are found this way too. That event is set aside.
"""

import logging
from datetime import timedelta
from time import sleep

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from regulars.identify.timeline.models import Cursor, Event, PoisonedEvent
from regulars.identify.timeline.models.event import ORDINAL_BITS
from regulars.identify.timeline.readers import Reader, Start, readers
from regulars.lake.public import horizon
from regulars.work.public import describe, trace, will_pass

NOTED_EVERY = timedelta(seconds=10)
MOST_SET_ASIDE = 100
PAUSES = (0.05, 0.2, 0.5)  # seconds before a passing trouble is left to the duty's own pause

log = logging.getLogger(__name__)


class CursorMoved(Exception):
    """Another process has read these events already, or somebody asked for a replay."""


class ReaderStuck(Exception):
    """So many events failed that the fault must be the reader's; it waits for its repair."""


def event_horizon() -> int:
    """Return the highest sequence at and below which no event can appear any more."""
    return ((horizon() + 1) << ORDINAL_BITS) - 1


def read(reader: Reader) -> bool:
    """Hand over the next batch; return whether more is waiting. Raises ReaderStuck."""
    cursor = cursor_of(reader)
    limit = event_horizon()
    events = list(reader.unread(after=cursor.sequence, upto=limit)[: reader.batch])
    if not events:
        _note(cursor, limit)
        return False
    full = len(events) == reader.batch
    try:
        _hand_over(
            reader, events, start=cursor.sequence, end=events[-1].sequence if full else limit
        )
    except CursorMoved:
        return True
    return full


def catch_up(*, only: str | None = None) -> None:
    """Let the readers, or one of them, read all there is, here and now."""
    for reader in readers().values():
        while (only is None or reader.name == only) and read(reader):
            pass


def begin_reading() -> None:
    """Give every reader its cursor, so that none begins later than it was installed."""
    for reader in readers().values():
        cursor_of(reader)


def cursor_of(reader: Reader) -> Cursor:
    """Return the reader's cursor, made where the reader says it starts."""
    cursor = Cursor.objects.filter(pk=reader.name).first()
    if cursor is None:
        cursor = where_it_starts(reader)
        Cursor.objects.bulk_create([cursor], ignore_conflicts=True)
        cursor = Cursor.objects.get(pk=reader.name)
    return cursor


def where_it_starts(reader: Reader) -> Cursor:
    sequence = 0 if reader.start == Start.FROM_THE_BEGINNING else event_horizon()
    return Cursor(reader=reader.name, sequence=sequence, moved_at=timezone.now())


def _note(cursor: Cursor, limit: int) -> None:
    """Move past events that are not for this reader; not at every look, for it costs a write."""
    now = timezone.now()
    if limit > cursor.sequence and now - cursor.moved_at >= NOTED_EVERY:
        Cursor.objects.filter(pk=cursor.pk, sequence=cursor.sequence).update(
            sequence=limit, moved_at=now
        )


def _hand_over(reader: Reader, events: list[Event], *, start: int, end: int) -> None:
    try:
        _react(reader, events, start=start, end=end)
    except CursorMoved:
        raise
    except Exception as error:
        if will_pass(error):
            raise
        if len(events) == 1:
            _set_aside(reader, events[0], error, start=start, end=end)
            return
        middle = len(events) // 2
        cut = events[middle - 1].sequence
        _hand_over(reader, events[:middle], start=start, end=cut)
        _hand_over(reader, events[middle:], start=cut, end=end)


def _react(reader: Reader, events: list[Event], *, start: int, end: int) -> None:
    for pause in (*PAUSES, None):
        try:
            with transaction.atomic():
                _move(reader, start=start, end=end)
                reader.react(events)
                return
        except Exception as error:
            if pause is None or not will_pass(error):
                raise
            log.info("reader %s tries again: %s", reader.name, describe(error))
        sleep(pause)


def _move(reader: Reader, *, start: int, end: int) -> None:
    """Lock the cursor by moving it; nobody sees it moved before the effects are there."""
    moved = Cursor.objects.filter(pk=reader.name, sequence=start).update(
        sequence=end, moved_at=timezone.now()
    )
    if not moved:
        raise CursorMoved(f"Reader {reader.name} is no longer at {start}.")


def _set_aside(reader: Reader, event: Event, error: Exception, *, start: int, end: int) -> None:
    log.error("reader %s failed on event %s: %s", reader.name, event.sequence, trace(error))
    with transaction.atomic():
        _move(reader, start=start, end=end)
        aside = PoisonedEvent.objects.filter(reader=reader.name)
        if aside.count() >= MOST_SET_ASIDE:
            raise ReaderStuck(
                f"Reader {reader.name} has failed on {MOST_SET_ASIDE} events and now waits before "
                f"event {event.sequence}: {describe(error)}"
            ) from error
        note_failure(reader, event, error)


def note_failure(reader: Reader, event: Event, error: Exception) -> None:
    """Keep an event the reader failed on, with the error, until somebody has it tried again."""
    now, sentence = timezone.now(), describe(error)
    PoisonedEvent.objects.bulk_create(
        [
            PoisonedEvent(
                reader=reader.name,
                sequence=event.sequence,
                error=sentence,
                attempts=0,
                failed_at=now,
            )
        ],
        ignore_conflicts=True,
    )
    PoisonedEvent.objects.filter(reader=reader.name, sequence=event.sequence).update(
        error=sentence, failed_at=now, attempts=F("attempts") + 1
    )
