"""Judge by the set which rows may be withdrawn or put back, because nobody changed them since.

A portion is some thousand rows in the temporary table ``withdrawn``: ``place`` orders them, ``id``
is the mirrored row, ``said`` the revision that said what it says now, and ``stays`` is 1 for those
that must be left alone.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection
from django.db.backends.utils import CursorWrapper

from regulars.lake.reversions import follow_reversions, note_reversions

PORTION = 3_000
LEAVING = "(SELECT * FROM withdrawn WHERE stays = 0)"

_MADE = """
    SELECT id AS place, id, revision AS said, 0 AS stays FROM {table}
    WHERE import_id = {import_id} AND id > {after} {also}
"""
_CHANGED = """
    SELECT former.id AS place, kept.id, kept.revision AS said, 0 AS stays,
           former.revision AS changed_at, former.former_revision
    FROM {former} AS former JOIN {table} AS kept ON kept.id = former.{key}
    WHERE former.import_id = {import_id} AND former.id > {after}
"""
_BACK = """
    UPDATE {table} SET {columns}, revision = {revision}
    FROM {former} AS former JOIN withdrawn ON withdrawn.place = former.id
    WHERE {table}.id = former.{key} AND withdrawn.stays = 0
"""
_HELD = """
    UPDATE withdrawn SET stays = 1 WHERE stays = 0 AND EXISTS (
        SELECT 1 FROM {table} AS held WHERE held.{column} = withdrawn.id {unless})
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawn:
    """How many rows went or were put back, how many stayed, and the last place looked at.

    ``upto`` is 0 when nothing is left after this portion.
    """

    gone: int
    stayed: int
    upto: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembered:
    """A mirrored table whose changes are remembered: what a row was is in ``former`` by ``key``."""

    mirror: str
    table: str
    former: str
    key: str
    columns: tuple[str, ...] = ()


def rows_made(*, table: str, import_id: int, after: int, also: str = "") -> str:
    """Select, for a portion, what an import made, with ids above ``after``."""
    return _MADE.format(table=table, import_id=int(import_id), after=int(after), also=also)


def rows_changed(kept: Remembered, *, import_id: int, after: int) -> str:
    """Select, for a portion, what an import changed; places are those of what the rows were."""
    return _CHANGED.format(
        table=kept.table,
        former=kept.former,
        key=kept.key,
        import_id=int(import_id),
        after=int(after),
    )


def put_back(kept: Remembered, *, import_id: int, after: int, revision: int) -> Withdrawn:
    """Put back some thousand rows that an import changed, unless they were changed since."""
    with portion(
        rows_changed(kept, import_id=import_id, after=after), mirror=kept.mirror
    ) as cursor:
        keep_changed_since(cursor)
        found = counted()
        columns = ", ".join(f"{column} = former.{column}" for column in kept.columns)
        cursor.execute(
            _BACK.format(
                table=kept.table,
                former=kept.former,
                key=kept.key,
                columns=columns,
                revision=int(revision),
            )
        )
        note_reversions(mirror=kept.mirror, rows=LEAVING, revision=revision)
        cursor.execute(f"DELETE FROM {kept.former} WHERE id IN (SELECT place FROM withdrawn)")
    return found


@contextmanager
def portion(rows: str, *, mirror: str, size: int | None = None) -> Iterator[CursorWrapper]:
    """Fill ``withdrawn`` by a select of place, id, said, stays and what else is needed."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE TEMPORARY TABLE withdrawn AS {rows} ORDER BY place LIMIT {size or PORTION}"
        )
        if connection.vendor == "postgresql":
            cursor.execute("ANALYZE withdrawn")
        follow_reversions(mirror=mirror, rows="withdrawn")
        yield cursor
        cursor.execute("DROP TABLE withdrawn")


def keep_changed(cursor: CursorWrapper, *, revisions: Sequence[int]) -> None:
    """Leave alone what was last said at none of these revisions."""
    numbers = ", ".join(str(int(number)) for number in revisions) or "0"
    cursor.execute(f"UPDATE withdrawn SET stays = 1 WHERE said NOT IN ({numbers})")


def keep_changed_since(cursor: CursorWrapper) -> None:
    """Leave alone what somebody else has changed after the import did."""
    cursor.execute("UPDATE withdrawn SET stays = 1 WHERE said <> changed_at")


def keep_held(cursor: CursorWrapper, *, by: Iterable[tuple[str, str]], unless: str = "") -> None:
    """Leave alone what these tables and columns still point at, ``unless`` a condition holds."""
    for table, column in by:
        cursor.execute(_HELD.format(table=table, column=column, unless=unless))


def counted(*, size: int | None = None) -> Withdrawn:
    """Count the portion, of the same size."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*), coalesce(sum(stays), 0), max(place) FROM withdrawn")
        looked_at, stayed, upto = cursor.fetchone()
    full = looked_at == (size or PORTION)
    return Withdrawn(gone=looked_at - int(stayed), stayed=int(stayed), upto=upto if full else 0)
