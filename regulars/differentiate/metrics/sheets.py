"""Write tables to files that people open in a spreadsheet, or programs read."""

import csv
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from regulars.lib.comma_separated import harmless

XLSX_ROWS = 1_048_575

Writer = Callable[[Path, Iterator[pa.Table]], int]


class TooManyRows(ValueError):
    """A sheet cannot hold all the rows."""


def _csv(path: Path, tables: Iterator[pa.Table]) -> int:
    count = 0
    # The mark at the beginning tells spreadsheets that the letters are Unicode.
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        for number, table in enumerate(tables):
            if number == 0:
                writer.writerow(table.column_names)
            writer.writerows(_rows(table))
            count += table.num_rows
    return count


def _xlsx(path: Path, tables: Iterator[pa.Table]) -> int:
    import xlsxwriter  # only this format needs it

    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
               "default_date_format": "yyyy-mm-dd"}  # fmt: skip
    count = 0
    with xlsxwriter.Workbook(str(path), options) as book:
        sheet = book.add_worksheet("customers")
        for table in tables:
            if count == 0:
                sheet.write_row(0, 0, table.column_names)
                sheet.freeze_panes(1, 0)
            for row in zip(*(column.to_pylist() for column in table.columns), strict=True):
                count += 1
                if count > XLSX_ROWS:
                    raise TooManyRows(f"A sheet holds {XLSX_ROWS:,} rows: choose .csv or .parquet.")
                sheet.write_row(count, 0, row)
    return count


def _parquet(path: Path, tables: Iterator[pa.Table]) -> int:
    count: int = 0
    first = next(tables)
    with pq.ParquetWriter(path, first.schema) as writer:
        writer.write_table(first)
        count += int(first.num_rows)
        for table in tables:
            writer.write_table(table.cast(first.schema))
            count += int(table.num_rows)
    return count


def _rows(table: pa.Table) -> Iterator[list[Any]]:
    columns = [column.to_pylist() for column in table.columns]
    for row in zip(*columns, strict=True):
        yield [harmless(value) for value in row]


WRITERS: dict[str, Writer] = {".csv": _csv, ".xlsx": _xlsx, ".parquet": _parquet}
