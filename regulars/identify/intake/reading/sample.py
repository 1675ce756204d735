"""The first rows of a table, to guess from and to show."""

from itertools import islice

import pyarrow as pa
import pyarrow.parquet as pq

from regulars.identify.intake.reading.delimited import Delimited
from regulars.identify.intake.reading.layout import Layout
from regulars.identify.intake.reading.limits import Limits
from regulars.identify.intake.reading.objects import object_rows
from regulars.identify.intake.reading.record import Record
from regulars.identify.intake.reading.refusal import FileRefused
from regulars.identify.intake.reading.unpacking import CUT_OFF, Form


def sample_of(layout: Layout, *, count: int, within: Limits) -> list[Record]:
    """Return the first rows that are whole, cut or filled to the width of the table.

    They are to be seen and kept, so they hold no NUL, which PostgreSQL cannot.
    """
    width = len(layout.columns)
    rows = [
        Record(row.number, [*map(shown, row.cells[:width]), *[""] * (width - len(row.cells))])
        for row in _first(layout, count + layout.header + 5, within)
        if row.number > layout.header and row.broken is None and any(row.cells)
    ]
    return rows[:count]


def shown(cell: str) -> str:
    return cell.replace("\0", "\ufffd")


def _first(layout: Layout, count: int, within: Limits) -> list[Record]:
    if layout.form == Form.OBJECTS:
        rows = object_rows(layout.path, codec=layout.codec, columns=layout.columns)
        return list(islice(rows, count))
    if layout.form == Form.PARQUET:
        return _of_parquet(layout, count)
    text = Delimited(
        path=layout.path, codec=layout.codec, delimiter=layout.delimiter, cell=within.cell
    )
    return text.first_records(count)


def _of_parquet(layout: Layout, count: int) -> list[Record]:
    try:
        with pq.ParquetFile(layout.path) as file:
            batch = next(file.iter_batches(count), None)
    except (pa.ArrowException, OSError) as error:
        raise FileRefused(CUT_OFF) from error
    columns = [] if batch is None else [column.to_pylist() for column in batch.columns]
    return [
        Record(number, ["" if cell is None else str(cell) for cell in cells])
        for number, cells in enumerate(zip(*columns, strict=True), start=1)
    ]
