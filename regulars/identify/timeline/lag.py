"""How far a reader is behind, and how to wait for it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic, sleep

from regulars.identify.timeline.models import Cursor, Event, PoisonedEvent
from regulars.identify.timeline.readers import Reader, reader_named, readers
from regulars.identify.timeline.reading import event_horizon, where_it_starts

COUNTED = 10_000
LOOK_EVERY = 0.05  # seconds


class ReaderTooSlow(Exception):
    """The reader did not get that far in time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lag:
    """What a reader has not read yet; ``events`` is counted to 10 000 at most."""

    reader: Reader
    sequence: int
    moved_at: datetime
    events: int
    waiting_since: datetime | None
    set_aside: int


def lags() -> list[Lag]:
    """Tell for every reader how far it is behind."""
    limit = event_horizon()
    return [_lag(reader, limit=limit) for reader in readers().values()]


def _cursor(reader: Reader) -> Cursor:
    """Return where the reader stands, or would start; looking at it writes nothing."""
    return Cursor.objects.filter(pk=reader.name).first() or where_it_starts(reader)


def _lag(reader: Reader, *, limit: int) -> Lag:
    cursor = _cursor(reader)
    unread = reader.unread(after=cursor.sequence, upto=limit)
    oldest = unread.values_list("received_at", flat=True).first()
    return Lag(
        reader=reader,
        sequence=cursor.sequence,
        moved_at=cursor.moved_at,
        events=0 if oldest is None else len(unread.values_list("pk", flat=True)[:COUNTED]),
        waiting_since=oldest,
        set_aside=PoisonedEvent.objects.filter(reader=reader.name).count(),
    )


def wait_for_reader(name: str, *, sequence: int | None = None, timeout: timedelta) -> None:
    """Wait until a reader has passed that sequence; by default all that is committed now.

    Raises ReaderTooSlow, and UnknownReader.
    """
    reader = reader_named(name)
    if sequence is None:
        last = Event.objects.order_by("-sequence").values_list("sequence", flat=True).first()
        sequence = last or 0
    deadline = monotonic() + timeout.total_seconds()
    while not _has_passed(reader, sequence):
        if monotonic() >= deadline:
            raise ReaderTooSlow(f"Reader {name} has not come to event {sequence} in time.")
        sleep(LOOK_EVERY)


def _has_passed(reader: Reader, sequence: int) -> bool:
    """A cursor moves past events of others now and then only, so look at what is between."""
    cursor = _cursor(reader).sequence
    if cursor >= sequence:
        return True
    return event_horizon() >= sequence and not (reader.unread(after=cursor, upto=sequence).exists())
