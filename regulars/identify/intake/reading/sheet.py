"""Read the rows of a workbook as texts."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path

from django.utils.translation import gettext_noop
from python_calamine import CalamineError, CalamineWorkbook

from regulars.identify.intake.reading.record import Record
from regulars.identify.intake.reading.refusal import FileRefused

Cell = str | int | float | bool | date | datetime | time | timedelta


def sheet_names(path: Path) -> list[str]:
    """Name the sheets of a workbook that hold something."""
    book = _open(path)
    return [name for name in book.sheet_names if book.get_sheet_by_name(name).height]


def sheet_rows(path: Path, sheet: str) -> Iterator[Record]:
    """Give every row of a sheet, numbered as the workbook numbers them."""
    book = _open(path)
    if sheet not in book.sheet_names:
        raise FileRefused(
            gettext_noop("There is no sheet called %(sheet)s, but: %(sheets)s."),
            sheet=sheet,
            sheets=", ".join(book.sheet_names),
        )
    try:
        rows = book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    except CalamineError as error:
        raise FileRefused(
            gettext_noop("The sheet cannot be read: save the workbook again.")
        ) from error
    for number, cells in enumerate(rows, start=1):
        yield Record(number, [_text(cell) for cell in cells])


def _open(path: Path) -> CalamineWorkbook:
    try:
        return CalamineWorkbook.from_path(path)
    except CalamineError as error:
        raise FileRefused(
            gettext_noop("The workbook cannot be read: save it again as .xlsx.")
        ) from error


def _text(cell: Cell) -> str:
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(" ")
    return cell.isoformat() if isinstance(cell, date | time) else str(cell)
