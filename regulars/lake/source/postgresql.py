"""Rows of PostgreSQL as Arrow batches: COPY writes CSV, Arrow reads it."""

from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from typing import Any

import psycopg
import pyarrow as pa
import pyarrow.csv
from django.db import connection

BLOCK = 8 << 20


class PostgresqlView:
    def __init__(self, database: psycopg.Connection[Any]) -> None:
        self.database = database

    def batches(self, sql: str, schema: pa.Schema) -> Iterator[pa.RecordBatch]:
        with (
            self.database.cursor() as cursor,
            cursor.copy(f"COPY ({sql}) TO STDOUT (FORMAT csv)".encode()) as blocks,
        ):
            for text in _whole_rows(blocks):
                yield from _table(text, schema).to_batches()

    def row(self, sql: str) -> tuple[object, ...]:
        found: tuple[object, ...] | None = self.database.execute(sql.encode()).fetchone()
        return found or ()


@contextmanager
def postgresql_view() -> Iterator[PostgresqlView]:
    other = connection.copy()
    other.ensure_connection()
    with closing(other):
        database = other.connection
        database.autocommit = True
        database.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        database.execute(
            "SET LOCAL TimeZone = 'UTC'; SET LOCAL DateStyle = 'ISO'; "
            "SET LOCAL statement_timeout = 0"
        )
        database.execute("SELECT 1")  # the view begins here
        yield PostgresqlView(database)


def _whole_rows(blocks: Iterable[bytes | bytearray | memoryview]) -> Iterator[bytes]:
    """Join what COPY gives, one row a block, to texts of some megabytes."""
    text = bytearray()
    for block in blocks:
        text += block
        if len(text) >= BLOCK:
            yield bytes(text)
            text = bytearray()
    if text:
        yield bytes(text)


def _table(text: bytes, schema: pa.Schema) -> pa.Table:
    return pyarrow.csv.read_csv(
        pa.BufferReader(text),
        pyarrow.csv.ReadOptions(column_names=schema.names, block_size=BLOCK * 2),
        pyarrow.csv.ParseOptions(newlines_in_values=True),
        pyarrow.csv.ConvertOptions(
            column_types=schema,
            null_values=[""],
            true_values=["t"],
            false_values=["f"],
            strings_can_be_null=True,
            quoted_strings_can_be_null=False,
        ),
    )
