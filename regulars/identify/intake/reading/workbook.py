"""Write a sheet of a workbook as CSV: a programme of its own, run by sheet.py.

A workbook of a few kilobytes may claim more cells than any machine has memory for. What opens it
may therefore use so much memory and time and no more; if it dies of that, only it dies.

The first line on its output is the names of the sheets that hold something, the chosen one first.
"""

import csv
import resource
import sys
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TextIO

from regulars.identify.intake.reading.sheet_mistakes import Mistake, mistakes

MEGABYTE = 1_048_576
SECONDS = 300
DAMAGED, NO_SHEET, TOO_LARGE = 3, 4, 5
_NO_MORE: Mistake = (sys.maxsize, 0, "")
Cell = str | int | float | bool | date | datetime | time | timedelta


def main(path: str, sheet: str, to: str, memory_mb: str, most_bytes: str, cell: str) -> int:
    _limit(resource.RLIMIT_AS, int(memory_mb) * MEGABYTE)
    _limit(resource.RLIMIT_CPU, SECONDS)
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_path(path)
        sizes = _sizes(book)
        tables = (name for name, (height, width) in sizes.items() if height > 1 and width > 1)
        chosen = sheet or next(tables, "")  # before the table there may be a cover
        names = sorted(sizes, key=lambda name: name != chosen)
        sys.stdout.buffer.write("\n".join(" ".join(name.split()) for name in names).encode())
        if sheet and sheet not in names:
            return NO_SHEET
        if not names:
            return 0
        with Path(to).open("w", encoding="utf-8", newline="") as file:
            empty = mistakes(Path(path), names[0])
            rows = _with_mistakes(_rows(book.get_sheet_by_name(names[0])), empty)
            return _write(rows, file, most=int(most_bytes), cell=int(cell))
    except (CalamineError, MemoryError):
        return DAMAGED


def _sizes(book) -> dict[str, tuple[int, int]]:  # type: ignore[no-untyped-def]
    """Return the height and width of every sheet that holds something."""
    found = ((name, book.get_sheet_by_name(name)) for name in book.sheet_names)
    return {name: (sheet.height, sheet.width) for name, sheet in found if sheet.height}


def _write(rows: Iterable[list[Cell]], file: TextIO, *, most: int, cell: int) -> int:
    out = csv.writer(file, quoting=csv.QUOTE_ALL)
    size = 0
    for row in rows:
        texts = [_text(value)[: cell + 1] for value in row]
        size += sum(map(len, texts)) + 3 * len(texts)
        if size > most:
            return TOO_LARGE
        out.writerow(texts)
    return 0


def _rows(sheet) -> Iterator[list[Cell]]:  # type: ignore[no-untyped-def]
    """Give every row from the first of the sheet on, as people number them."""
    _, before = sheet.start  # empty rows above are given, empty columns are not
    for row in sheet.iter_rows():
        yield [""] * before + row


def _with_mistakes(rows: Iterable[list[Cell]], empty: Iterator[Mistake]) -> Iterator[list[Cell]]:
    """Put into empty cells why they are."""
    place, column, told = next(empty, _NO_MORE)
    for number, row in enumerate(rows):
        while place <= number:
            if place == number and column < len(row) and row[column] == "":
                row[column] = told
            place, column, told = next(empty, _NO_MORE)
        yield row


def _text(cell: Cell) -> str:
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(" ")
    return cell.isoformat() if isinstance(cell, date | time) else str(cell)


def _limit(what: int, most: int) -> None:
    _, hard = resource.getrlimit(what)
    soft = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(what, (soft, hard))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
