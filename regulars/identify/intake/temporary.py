"""Carry rows from DuckDB into a temporary table: by COPY, or by executemany at its barest.

Types of columns are named as PostgreSQL names them; SQLite takes the same names.
"""

import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import pyarrow.csv as pacsv
from django.db import connection

from regulars.lake.public import Workbench

ROWS = 50_000
_SQLITE = {
    "timestamptz": (
        "CASE WHEN date_part('microseconds', {0}) % 1000000 = 0"
        " THEN strftime({0}, '%Y-%m-%d %H:%M:%S') ELSE strftime({0}, '%Y-%m-%d %H:%M:%S.%f') END"
    ),
    "date": "CAST({0} AS VARCHAR)",
    "numeric": "CAST({0} AS DOUBLE)",
}


@contextmanager
def temporary(
    db: Workbench, name: str, columns: Mapping[str, str], source: str, *, index: str = ""
) -> Iterator[str]:
    """Fill a temporary table with the rows of a table or bracketed select in DuckDB.

    It is gone after the block, and with the transaction if there is one.
    """
    declared = ", ".join(f'"{column}" {kind}' for column, kind in columns.items())
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {name}")
        cursor.execute(f"CREATE TEMPORARY TABLE {name} ({declared})")
    _fill(db, name, columns, source)
    with connection.cursor() as cursor:
        if index:
            cursor.execute(f"CREATE INDEX {name}_index ON {name} ({index})")
        if connection.vendor == "postgresql":
            cursor.execute(f"ANALYZE {name}")
    yield name
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE {name}")


def _fill(db: Workbench, name: str, columns: Mapping[str, str], source: str) -> None:
    if connection.vendor == "postgresql":
        chosen = ", ".join(f'"{column}"' for column in columns)
        _copy(db, name, f"SELECT {chosen} FROM {source}")  # noqa: S608
    else:
        chosen = ", ".join(
            _SQLITE.get(kind, "{0}").format(f'"{column}"') for column, kind in columns.items()
        )
        _insert(db, name, len(columns), f"SELECT {chosen} FROM {source}")  # noqa: S608


def _copy(db: Workbench, name: str, select: str) -> None:
    reader = db.execute(select).to_arrow_reader(ROWS)
    with connection.cursor() as cursor, cursor.copy(f"COPY {name} FROM STDIN (FORMAT csv)") as copy:
        for batch in reader:
            block = io.BytesIO()
            pacsv.write_csv(batch, block, pacsv.WriteOptions(include_header=False))
            copy.write(block.getbuffer())


def _insert(db: Workbench, name: str, width: int, select: str) -> None:
    connection.ensure_connection()
    places = ", ".join("?" * width)
    found = db.execute(select)
    while rows := found.fetchmany(ROWS):
        connection.connection.executemany(f"INSERT INTO {name} VALUES ({places})", rows)  # noqa: S608
