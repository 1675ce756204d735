"""Bring the rows of a file into DuckDB as texts: whole ones into ``raw``, the rest into ``broken``.

``raw`` has the row's number (row_no) and c1, c2 …; ``broken`` the number, why, and the cells.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain

import pyarrow as pa

from regulars.identify.intake.reading.delimited import Delimited
from regulars.identify.intake.reading.layout import Layout
from regulars.identify.intake.reading.limits import MEGABYTE, Limits
from regulars.identify.intake.reading.objects import object_rows
from regulars.identify.intake.reading.record import Batch, Broken, Record
from regulars.identify.intake.reading.refusal import FileRefused
from regulars.identify.intake.reading.unpacking import CUT_OFF, TOO_LARGE, Form
from regulars.lake.public import Workbench, WorkbenchFailed

GATHERED = 20_000
Heard = Callable[[int], None]


@dataclass(slots=True)
class Read:
    """How many rows a file had, and how many of them were broken or blank."""

    rows: int = 0
    broken: int = 0


def read_rows(db: Workbench, layout: Layout, *, within: Limits, heard: Heard) -> Read:
    """Fill ``raw`` and ``broken``; ``heard`` is told the number of rows so far."""
    columns = ", ".join(f"c{place} VARCHAR" for place in range(1, len(layout.columns) + 1))
    db.execute(f"CREATE OR REPLACE TABLE raw (row_no BIGINT, {columns})")
    db.execute("CREATE OR REPLACE TABLE broken (row_no BIGINT, reason VARCHAR, cells VARCHAR[])")
    if layout.form == Form.PARQUET:
        return _read_parquet(db, layout, within)
    read = Read()
    for batch in _gathered(_rows(layout, within), width=len(layout.columns)):
        if isinstance(batch, Batch):
            _append(db, "raw", pa.table([batch.numbers, *batch.columns], names=_names(layout)))
            read.rows += len(batch.numbers)
        else:
            _append(db, "broken", _broken_table(batch))
            read.rows += len(batch)
            read.broken += len(batch)
        heard(read.rows)
    return read


def _rows(layout: Layout, within: Limits) -> Iterator[Batch | Record]:
    if layout.form == Form.OBJECTS:
        return object_rows(layout.path, codec=layout.codec, columns=layout.columns)
    text = Delimited(
        path=layout.path, codec=layout.codec, delimiter=layout.delimiter, cell=within.cell
    )
    return text.rows(width=len(layout.columns), after=layout.header)


def _gathered(rows: Iterator[Batch | Record], *, width: int) -> Iterator[Batch | list[Record]]:
    """Gather single records into batches; blank ones are dropped, those of another width broken."""
    whole: list[Record] = []
    broken: list[Record] = []
    for row in chain(rows, [None]):
        if isinstance(row, Record):
            _sort(row, whole, broken, width=width)
        if len(whole) >= GATHERED or (whole and not isinstance(row, Record)):
            yield _columns(whole)
            whole = []
        if len(broken) >= GATHERED or (broken and row is None):
            yield broken
            broken = []
        if isinstance(row, Batch):
            yield row


def _sort(row: Record, whole: list[Record], broken: list[Record], *, width: int) -> None:
    if row.broken is None and not any(cell.strip() for cell in row.cells):
        return
    fitting = _fitted(row, width) if row.broken is None else row
    (broken if fitting.broken else whole).append(fitting)


def _fitted(row: Record, width: int) -> Record:
    """Take off blank cells beyond the header; anything else out of step is ragged."""
    cells = row.cells
    if len(cells) > width and not any(cell.strip() for cell in cells[width:]):
        cells = cells[:width]
    if len(cells) != width:
        rest = ["…"] if len(cells) > 2 * width + 20 else []
        return Record(row.number, [*cells[: 2 * width + 20], *rest], Broken.RAGGED)
    return Record(row.number, cells)


def _columns(records: list[Record]) -> Batch:
    numbers = pa.array([record.number for record in records], pa.int64())
    columns = zip(*(record.cells for record in records), strict=True)
    return Batch(numbers, [pa.array(column, pa.string()) for column in columns])


def _broken_table(records: list[Record]) -> pa.Table:
    return pa.table(
        {
            "row_no": pa.array([record.number for record in records], pa.int64()),
            "reason": [str(record.broken) for record in records],
            "cells": pa.array([list(r.cells) for r in records], pa.list_(pa.string())),
        }
    )


def _append(db: Workbench, table: str, rows: pa.Table) -> None:
    db.register("incoming", rows)
    db.execute(f"INSERT INTO {table} SELECT * FROM incoming")  # noqa: S608
    db.unregister("incoming")


def _names(layout: Layout) -> list[str]:
    return ["row_no", *(f"c{place}" for place in range(1, len(layout.columns) + 1))]


def _read_parquet(db: Workbench, layout: Layout, within: Limits) -> Read:
    """Columns go by their place: two may have one name.

    One short file can hold a long text a million times: all are measured before they are taken.
    """
    places = [f"c{place}" for place in range(1, len(layout.columns) + 1)]
    texts = [f"coalesce(CAST({place} AS VARCHAR), '')" for place in places]
    source = f"read_parquet(?) AS told({', '.join(places)})"
    sizes = " + ".join(f"CAST(strlen({text}) AS HUGEINT)" for text in texts)
    path = [str(layout.path)]
    try:
        found = db.execute(f"SELECT sum({sizes}) FROM {source}", path).fetchone()  # noqa: S608
        if found and found[0] > within.unpacked:
            raise FileRefused(TOO_LARGE, most=within.unpacked // MEGABYTE)
        taken = f"SELECT row_number() OVER (), {', '.join(texts)} FROM {source}"  # noqa: S608
        (rows,) = db.execute(f"INSERT INTO raw {taken}", path).fetchone() or (0,)
    except WorkbenchFailed as error:
        raise FileRefused(CUT_OFF) from error
    return Read(rows=rows)
