"""Find out where the table is in a file: its codec, its sheet, its header."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain, count, islice
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from django.utils.translation import gettext_noop

from regulars.identify.intake.reading.delimited import Delimited
from regulars.identify.intake.reading.delimiter import with_delimiter
from regulars.identify.intake.reading.encoding import encoding_of, known_encoding
from regulars.identify.intake.reading.header import plain_name
from regulars.identify.intake.reading.limits import MEGABYTE, Limits
from regulars.identify.intake.reading.objects import keys, looks_like_objects
from regulars.identify.intake.reading.record import Record
from regulars.identify.intake.reading.refusal import FileRefused
from regulars.identify.intake.reading.sheet import sheet_as_text
from regulars.identify.intake.reading.unpacking import CUT_OFF, TOO_LARGE, Form

SAMPLE = 60
EMPTY = gettext_noop("The file is empty.")
DELIMITERS = {"comma": ",", "semicolon": ";", "tab": "\t", "pipe": "|"}
_VALUE = re.compile(
    r"[-+(]?[$£€¥]?\d[\d.,:/\s\-]*\)?|\d{4}-\d\d-\d\d.*|[^@\s]+@[^@\s]+\.\w+", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What a person said about the file, where a guess was wrong; empty means: find out."""

    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    header: str = ""  # "yes", "no", or the number of its row


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """A table in a file. ``header`` is the row of the names, 0 when there is none.

    A sheet of a workbook has been written as a text; ``sheet`` says which one it was. ``repeated``
    groups those columns above which the same stands; each has a name of its own.
    """

    path: Path
    form: Form
    columns: list[str]
    header: int = 0
    codec: str = ""
    delimiter: str = ""
    sheet: str = ""
    sheets: list[str] = field(default_factory=list)
    repeated: list[list[str]] = field(default_factory=list)


def layout_of(path: Path, form: Form, *, folder: Path, wishes: Wishes, within: Limits) -> Layout:
    """Look at the beginning of a plain file; ``folder`` is for sheets. Raises FileRefused."""
    if form == Form.SHEET:
        return _of_sheet(path, folder, wishes, within)
    if form == Form.PARQUET:
        return _of_parquet(path, within)
    return _of_text(path, wishes, within)


def _of_text(path: Path, wishes: Wishes, within: Limits) -> Layout:
    named = known_encoding(wishes.encoding, path) if wishes.encoding else ""
    codec = named or encoding_of(path, within=within)
    with path.open(encoding=codec, errors="replace") as opened:
        first = next((line for line in islice(opened, 20) if line.strip("\ufeff \r\n\t,;")), "")
    if not first:
        raise FileRefused(EMPTY)
    if looks_like_objects(first):
        columns = keys(path, codec=codec, most=within.columns)
        return Layout(path=path, form=Form.OBJECTS, columns=columns, codec=codec)
    text = Delimited(
        path=path,
        codec=codec,
        delimiter=DELIMITERS.get(wishes.delimiter, wishes.delimiter) or ",",
        cell=within.cell,
    )
    if not wishes.delimiter:
        text = with_delimiter(text)
    header, cells = _header(text.first_records(SAMPLE), wishes, within)
    return Layout(
        path=path,
        form=Form.TEXT,
        columns=_names(cells),
        repeated=_repeated(cells),
        header=header,
        codec=codec,
        delimiter=text.delimiter,
    )


def _of_sheet(path: Path, folder: Path, wishes: Wishes, within: Limits) -> Layout:
    sheet = sheet_as_text(path, sheet=wishes.sheet, folder=folder, within=within)
    text = Delimited(path=sheet.path, codec="utf-8", delimiter=",", cell=within.cell)
    header, cells = _header(text.first_records(SAMPLE), wishes, within)
    return Layout(
        path=sheet.path,
        form=Form.TEXT,
        columns=_names(cells),
        repeated=_repeated(cells),
        header=header,
        codec="utf-8",
        delimiter=",",
        sheet=sheet.name,
        sheets=sheet.names,
    )


def _of_parquet(path: Path, within: Limits) -> Layout:
    try:
        with pq.ParquetFile(path) as file:
            rows, columns = file.metadata.num_rows, file.schema_arrow.names
    except (pa.ArrowException, OSError) as error:
        raise FileRefused(CUT_OFF) from error
    _refuse_too_wide(len(columns), within)
    if not rows or not columns:
        raise FileRefused(EMPTY)
    if rows * len(columns) > within.unpacked:
        raise FileRefused(TOO_LARGE, most=within.unpacked // MEGABYTE)
    return Layout(
        path=path, form=Form.PARQUET, columns=_names(columns), repeated=_repeated(columns)
    )


def _refuse_too_wide(columns: int, within: Limits) -> None:
    if columns > within.columns:
        raise FileRefused(
            gettext_noop(
                "The file has %(columns)s columns, more than the %(most)s that can be read."
            ),
            columns=columns,
            most=within.columns,
        )


def _header(records: list[Record], wishes: Wishes, within: Limits) -> tuple[int, Sequence[str]]:
    """Return the row of the names, 0 for none, and what stands in it."""
    filled = [record for record in records if any(cell.strip() for cell in record.cells)]
    filled = [record for record in filled if record.broken is None] or filled
    if not filled:
        raise FileRefused(EMPTY)
    chosen = _chosen(filled, wishes)
    if chosen is None:
        width = Counter(len(record.cells) for record in filled).most_common(1)[0][0]
        _refuse_too_wide(width, within)
        return filled[0].number - 1, [""] * width
    _refuse_too_wide(len(chosen.cells), within)
    return chosen.number, chosen.cells


def _chosen(filled: list[Record], wishes: Wishes) -> Record | None:
    """The row of the names: the first one as wide as the table is."""
    if wishes.header == "no":
        return None
    if wishes.header.isdecimal():
        return next((record for record in filled if record.number == int(wishes.header)), filled[0])
    width = Counter(len(record.cells) for record in filled[1:] or filled).most_common(1)[0][0]
    full = [r for r in filled if len(r.cells) == width and _filled(r.cells) * 2 >= width]
    first = full[0] if full else filled[0]
    named = wishes.header == "yes" or not _is_data(first.cells)
    return first if named else None


def _filled(cells: Iterable[str]) -> int:
    return sum(1 for cell in cells if cell.strip())


def _is_data(cells: Sequence[str]) -> bool:
    """Names are words; a row with a date, an amount or an address is not a row of names."""
    return any(_VALUE.fullmatch(cell.strip()) for cell in cells)


def _names(cells: Sequence[str]) -> list[str]:
    """Give every column a name of its own."""
    names: list[str] = []
    for place, cell in enumerate(cells, start=1):
        plain = cell.replace("\ufeff", "").replace("\0", "")
        name = " ".join(plain.split())[:120] or _numbered(place)
        numbered = (f"{name} ({number})" for number in count(2))
        names.append(next(free for free in chain([name], numbered) if free not in names))
    return names


def _repeated(cells: Sequence[str]) -> list[list[str]]:
    """Group the names of the columns whose headers say the same."""
    said: dict[str, list[str]] = {}
    for cell, name in zip(cells, _names(cells), strict=True):
        if plain := plain_name(cell):
            said.setdefault(plain, []).append(name)
    return [names for names in said.values() if len(names) > 1]


def _numbered(place: int) -> str:
    return f"#{place}"
