"""Turn instants into days of a time zone, with nothing but plain columns."""

from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ibis

SINCE, UNTIL = datetime(1990, 1, 1, tzinfo=UTC), datetime(2050, 1, 1, tzinfo=UTC)
Change = tuple[datetime, int]  # from when, and seconds ahead of UTC


def local_day(instant: "ibis.Column", zone: tzinfo) -> "ibis.Column":
    """Return the days on which instants fell in a zone; its rules are known from 1990 to 2050."""
    import ibis

    changes = changes_of(zone)
    cases = [(instant >= at, seconds) for at, seconds in reversed(changes[1:])]
    ahead = ibis.cases(*cases, else_=changes[0][1]) if cases else ibis.literal(changes[0][1])
    return (instant.cast("timestamp") + ahead.cast("int64").as_interval("s")).date()


@lru_cache(maxsize=64)
def changes_of(zone: tzinfo) -> tuple[Change, ...]:
    """Return when the clocks of a zone changed; the first entry is how they stood before."""
    found: list[Change] = [(SINCE, _ahead(SINCE, zone))]
    day = SINCE
    while day < UNTIL:
        later = day + timedelta(days=7)
        if _ahead(later, zone) != found[-1][1]:
            at = _moment(day, later, zone, found[-1][1])
            found.append((at, _ahead(at, zone)))
            later = at
        day = later
    return tuple(found)


def day_in(instant: datetime, zone: tzinfo) -> date:
    """Return the day on which an instant falls in a zone."""
    return instant.astimezone(zone).date()


def _moment(before: datetime, after: datetime, zone: tzinfo, was: int) -> datetime:
    """Return the second of the first change between two instants."""
    while after - before > timedelta(seconds=1):
        middle = (before + (after - before) / 2).replace(microsecond=0)
        before, after = (middle, after) if _ahead(middle, zone) == was else (before, middle)
    return after


def _ahead(at: datetime, zone: tzinfo) -> int:
    offset = at.astimezone(zone).utcoffset()
    return int(offset.total_seconds()) if offset else 0
