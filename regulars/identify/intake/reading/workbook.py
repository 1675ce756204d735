"""Write a sheet of a workbook as CSV: a programme of its own, run by sheet.py.

A workbook of a few kilobytes may claim more cells than any machine has memory for. What opens it
may therefore use so much memory and time and no more; if it dies of that, only it dies.

The first line on its output is the names of the sheets that hold something, the chosen one first.
"""

import csv
import resource
import sys
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TextIO

MEGABYTE = 1_048_576
SECONDS = 300
DAMAGED, NO_SHEET, TOO_LARGE = 3, 4, 5
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
            return _write(book, names[0], file, most=int(most_bytes), cell=int(cell))
    except (CalamineError, MemoryError):
        return DAMAGED


def _sizes(book) -> dict[str, tuple[int, int]]:  # type: ignore[no-untyped-def]
    """Return the height and width of every sheet that holds something."""
    found = ((name, book.get_sheet_by_name(name)) for name in book.sheet_names)
    return {name: (sheet.height, sheet.width) for name, sheet in found if sheet.height}


def _write(book, sheet: str, file: TextIO, *, most: int, cell: int) -> int:  # type: ignore[no-untyped-def]
    out = csv.writer(file, quoting=csv.QUOTE_ALL)
    size = 0
    for row in _rows(book.get_sheet_by_name(sheet)):
        texts = [_text(value)[: cell + 1] for value in row]
        size += sum(map(len, texts)) + 3 * len(texts)
        if size > most:
            return TOO_LARGE
        out.writerow(texts)
    return 0


def _rows(sheet) -> Iterator[list[Cell]]:  # type: ignore[no-untyped-def]
    """Give every row from the first of the sheet on, as people number them."""
    above, before = sheet.start
    width = sheet.width + before
    for _ in range(above):
        yield [""] * width
    for row in sheet.iter_rows():
        yield [""] * before + row


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
