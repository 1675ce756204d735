"""Tell somebody's history: the days, and what happened on each, in the reader's language."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import translation

from regulars.identify.timeline.history import Place, events_of, kinds_of, place_of
from regulars.identify.timeline.kinds import Kind, kinds
from regulars.identify.timeline.models import Event
from regulars.lib.money import format_money

LONGEST_VALUE = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An event as it is told; ``at`` is in the zone asked for."""

    sequence: int
    at: datetime
    sentence: str
    icon: str
    theirs: bool
    source: str
    backfill: bool

    @property
    def has_time(self) -> bool:
        """Midnight sharp means that the source knew the day only."""
        return (self.at.hour, self.at.minute, self.at.second) != (0, 0, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """What happened on one day."""

    on: date
    entries: list[Entry]


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """Some days of somebody's history, and where it goes on: empty when that was all."""

    days: list[Day]
    before: str
    labels: list[tuple[str, str]]


def tell_history(
    *,
    customer_ids: Iterable[int],
    zone: ZoneInfo,
    before: str = "",
    kind: str = "",
    limit: int = 30,
) -> History:
    """Tell the latest events of these customer numbers, or those before a place told earlier.

    ``kind`` narrows it to one kind of event; ``labels`` are the kinds there are to choose from.
    """
    numbers = list(customer_ids)
    events = events_of(
        customer_ids=numbers,
        before=_read_place(before),
        kinds=[kind] if kind else None,
        limit=limit + 1,
    )
    entries = [_entry(event, zone) for event in events[:limit]]
    days = groupby(entries, key=lambda entry: entry.at.date())
    return History(
        days=[Day(on=on, entries=list(those)) for on, those in days],
        before=_write_place(place_of(events[limit - 1])) if len(events) > limit else "",
        labels=[(name, label_of(name)) for name in kinds_of(customer_ids=numbers)],
    )


def tell(event: Event) -> str:
    """Say in the active language what happened; a property that is missing shows as “…”."""
    kind = kinds().get(event.kind)
    if kind is None:
        return event.kind
    try:
        return str(kind.sentence).format_map(_Words(event))
    except (LookupError, ValueError, AttributeError):
        return str(kind.label)


def label_of(name: str) -> str:
    """Return what a kind is called on the screen; its name when nobody declares it."""
    kind = kinds().get(name)
    return name if kind is None else str(kind.label)


class _Words(dict[str, str]):
    """The words an event puts into its sentence."""

    def __init__(self, event: Event) -> None:
        super().__init__({name: _short(value) for name, value in event.properties.items()})
        if event.value_minor is not None and event.currency:
            language = translation.get_language() or "en"
            self["amount"] = format_money(event.value_minor, event.currency, language)

    def __missing__(self, name: str) -> str:
        return "…"


def _short(value: Any) -> str:
    words = "…" if isinstance(value, dict | list) or value in (None, "") else str(value)
    return words if len(words) <= LONGEST_VALUE else f"{words[:LONGEST_VALUE]}…"


def _entry(event: Event, zone: ZoneInfo) -> Entry:
    kind: Kind | None = kinds().get(event.kind)
    return Entry(
        sequence=event.sequence,
        at=event.occurred_at.astimezone(zone),
        sentence=tell(event),
        icon=kind.icon if kind else "dot",
        theirs=kind.theirs if kind else True,
        source=event.source,
        backfill=event.backfill,
    )


def _write_place(place: Place) -> str:
    return f"{place.occurred_at.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%f}~{place.sequence}"


def _read_place(words: str) -> Place | None:
    instant, _, sequence = words.partition("~")
    try:
        moment = datetime.strptime(instant, "%Y-%m-%dT%H:%M:%S.%f").replace(tzinfo=UTC)
        return Place(occurred_at=moment, sequence=int(sequence))
    except ValueError:
        return None
