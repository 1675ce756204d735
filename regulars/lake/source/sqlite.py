"""Rows of SQLite as Arrow batches.

Python's own sqlite3 and no faster driver: a driver with a SQLite of its own inside this process
would drop the file locks that Django's connection holds (sqlite.org/howtocorrupt.html, 2.2.1).
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime

import pyarrow as pa
import pyarrow.compute as pc
from django.db import connection

FETCH = 1_000  # rows that stay in the processor's cache between sqlite3 and Arrow
BATCH = 65_536


class SqliteView:
    def __init__(self, database: sqlite3.Connection) -> None:
        self.database = database

    def batches(self, sql: str, schema: pa.Schema) -> Iterator[pa.RecordBatch]:
        parts: list[list[pa.Array]] = []
        with closing(self.database.execute(sql)) as rows:
            while fetched := rows.fetchmany(FETCH):
                parts.append(_arrays(fetched, schema))
                if len(parts) * FETCH >= BATCH:
                    yield _batch(parts, schema)
                    parts = []
        if parts:
            yield _batch(parts, schema)

    def row(self, sql: str) -> tuple[object, ...]:
        found: tuple[object, ...] = self.database.execute(sql).fetchone()
        return found


@contextmanager
def sqlite_view() -> Iterator[SqliteView]:
    # detect_types is off: Django's connection would make Python dates of the texts, one by one.
    database = sqlite3.connect(
        connection.settings_dict["NAME"], isolation_level=None, check_same_thread=False
    )
    with closing(database):
        database.execute("PRAGMA busy_timeout=30000")
        database.execute("PRAGMA query_only=1")
        database.execute("PRAGMA mmap_size=268435456")
        database.execute("BEGIN")
        database.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchall()  # the view begins here
        yield SqliteView(database)


def _batch(parts: list[list[pa.Array]], schema: pa.Schema) -> pa.RecordBatch:
    columns = [pa.concat_arrays(column) for column in zip(*parts, strict=True)]
    return pa.RecordBatch.from_arrays(columns, schema=schema)


def _arrays(rows: list[tuple[object, ...]], schema: pa.Schema) -> list[pa.Array]:
    columns = zip(*rows, strict=True)
    return [_array(values, field.type) for values, field in zip(columns, schema, strict=True)]


def _array(values: tuple[object, ...], kind: pa.DataType) -> pa.Array:
    if pa.types.is_timestamp(kind):
        return _instants(pa.array(values, pa.string()), kind)
    if pa.types.is_date(kind):
        return pc.cast(pa.array(values, pa.string()), kind)
    if pa.types.is_boolean(kind):
        return pc.cast(pa.array(values, pa.int8()), kind)
    return pa.array(values, kind)


def _instants(texts: pa.Array, kind: pa.DataType) -> pa.Array:
    """Read what Django writes, UTC without saying so; and other ISO forms, one by one."""
    try:
        return pc.assume_timezone(pc.cast(texts, pa.timestamp("us")), "UTC")
    except pa.ArrowInvalid:
        return pa.array([text and _instant(text) for text in texts.to_pylist()], kind)


def _instant(text: str) -> datetime:
    instant = datetime.fromisoformat(text)
    return instant.astimezone(UTC) if instant.tzinfo else instant.replace(tzinfo=UTC)
