"""Readers, declared once by the app that reacts."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto

from django.db.models import QuerySet
from django.utils.functional import Promise

from regulars.identify.timeline.models import Event

React = Callable[[list[Event]], None]

_readers: dict[str, "Reader"] = {}


class ReaderDeclaredTwice(Exception):
    """Two functions want to read under one name, and would share a cursor."""


class UnknownReader(Exception):
    """No app declares a reader of that name."""


class Start(Enum):
    """Where a reader begins that has never read."""

    FROM_NOW = auto()
    FROM_THE_BEGINNING = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """What reacts to which events, and on what terms."""

    name: str
    title: str | Promise
    react: React
    kinds: frozenset[str] | None
    start: Start
    backfill: bool
    replayable: bool
    batch: int

    def unread(self, *, after: int, upto: int) -> QuerySet[Event]:
        """The events for this reader above one sequence, up to another, in order."""
        events = Event.objects.filter(sequence__gt=after, sequence__lte=upto)
        if self.kinds is not None:
            events = events.filter(kind__in=self.kinds)
        if not self.backfill:
            events = events.filter(backfill=False)
        return events.order_by("sequence")


def add(reader: Reader) -> None:
    known = _readers.get(reader.name)
    if known is not None and known.react is not reader.react:
        raise ReaderDeclaredTwice(f"The reader {reader.name!r} is declared twice.")
    _readers[reader.name] = reader


def reader_named(name: str) -> Reader:
    if name not in _readers:
        known = ", ".join(sorted(_readers)) or "none is declared"
        raise UnknownReader(f"There is no reader {name!r}. Readers: {known}.")
    return _readers[name]


def readers() -> dict[str, Reader]:
    """Return every declared reader by its name."""
    return dict(_readers)
