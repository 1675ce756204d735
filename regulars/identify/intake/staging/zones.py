"""Turn wall-clock times into instants and back, for whole columns.

A time that the clock passed over is counted on from before the change; of a time that came twice,
the first is meant. That is what Python does with ``fold=0``.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pyarrow as pa

from regulars.lake.public import Workbench

Change = tuple[datetime, timedelta, timedelta]  # when, offset before, offset after
DAY = timedelta(days=1)
OLDEST, NEWEST = datetime(1970, 1, 1), datetime(2100, 1, 1)  # noqa: DTZ001 - no zone, as below
EVER = datetime(1, 1, 1)  # noqa: DTZ001 - DuckDB's timestamps carry no zone


def make_zones(
    db: Workbench, table: str, zones: Mapping[str, ZoneInfo], *, first: datetime, last: datetime
) -> None:
    """Make a table of offsets: from which wall time and from which instant each one counts.

    Its column ``zone`` has the name under which each zone is given. Before 1970 and after 2100,
    where nothing is accepted, the nearest offset stands.
    """
    begin, end = max(first, OLDEST) - 3 * DAY, min(last, NEWEST) + 3 * DAY
    rows = [(name, *row) for name, zone in zones.items() for row in _offsets(zone, begin, end)]
    columns = {
        "zone": pa.array([r[0] for r in rows], pa.string()),
        "wall_from": pa.array([r[1] for r in rows], pa.timestamp("us")),
        "instant_from": pa.array([r[2] for r in rows], pa.timestamp("us")),
        "ahead": pa.array([r[3] // timedelta(microseconds=1) for r in rows], pa.int64()),
    }
    db.register("incoming", pa.table(columns))
    db.execute(
        f"""
        CREATE OR REPLACE TABLE {table} AS
        SELECT * REPLACE (to_microseconds(ahead) AS ahead) FROM incoming
        """  # noqa: S608
    )
    db.unregister("incoming")


def _offsets(
    zone: ZoneInfo, begin: datetime, end: datetime
) -> Iterator[tuple[datetime, datetime, timedelta]]:
    offset = begin.replace(tzinfo=UTC).astimezone(zone).utcoffset() or timedelta()
    yield EVER, EVER, offset
    for at, before, after in changes(zone, begin, end):
        yield at + max(before, after), at, after


def changes(zone: ZoneInfo, begin: datetime, end: datetime) -> Iterator[Change]:
    """Give every change of the zone's offset between two instants (UTC, without tzinfo)."""

    def offset(at: datetime) -> timedelta:
        return at.replace(tzinfo=UTC).astimezone(zone).utcoffset() or timedelta()

    day = begin
    while day < end:
        if offset(day) != offset(day + DAY):
            low, high = day, day + DAY
            while high - low > timedelta(seconds=1):
                middle = low + (high - low) // 2
                low, high = (middle, high) if offset(middle) == offset(low) else (low, middle)
            at = high.replace(microsecond=0)
            yield at, offset(at - timedelta(seconds=1)), offset(at)
        day += DAY
