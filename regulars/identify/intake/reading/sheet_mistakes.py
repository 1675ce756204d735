"""Find the cells of an XLSX sheet that have no value: errors, and formulas never worked out.

The reader of workbooks gives both as empty cells, and an empty discount is none.
"""

import html
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO

CHUNK, LONGEST, MOST_NAMES = 1_048_576, 16 * 1_048_576, 5_000_000
Mistake = tuple[int, int, str]  # row and column from 0, and what stands there
_SHEET = re.compile(r"<sheet\b[^>]*>")
_RELATION = re.compile(r"<Relationship\b[^>]*>")
_WITHOUT_VALUE = re.compile(
    rb'<c\b(?P<error>[^>]*\bt="e"[^>]*)>.*?<v>(?P<sign>[^<]*)</v>.*?</c>'
    rb"|<c\b(?P<formula>[^>]*)>\s*<f\b(?:[^>]*/>|[^>]*>(?P<text>[^<]*)</f>)"
    rb"\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>",
    re.DOTALL,
)
_PLACE = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')


def mistakes(path: Path, sheet: str) -> Iterator[Mistake]:
    """Give them row by row; none for workbooks of other kinds, which do not tell."""
    try:
        with zipfile.ZipFile(path) as book, book.open(_part(book, sheet)) as part:
            yield from _in_part(part)
    except (zipfile.BadZipFile, KeyError, RuntimeError, NotImplementedError, zlib.error, OSError):
        return


def _part(book: zipfile.ZipFile, sheet: str) -> str:
    """Return the name of the part that holds a sheet. Raises KeyError."""
    listed = {_attribute(tag, "name"): _attribute(tag, "r:id")
              for tag in _SHEET.findall(_read(book, "xl/workbook.xml"))}  # fmt: skip
    targets = {_attribute(tag, "Id"): _attribute(tag, "Target")
               for tag in _RELATION.findall(_read(book, "xl/_rels/workbook.xml.rels"))}  # fmt: skip
    target = targets[listed[sheet]]
    return target[1:] if target.startswith("/") else f"xl/{target}"


def _read(book: zipfile.ZipFile, name: str) -> str:
    with book.open(name) as part:
        return part.read(MOST_NAMES).decode("utf-8", "replace")


def _attribute(tag: str, name: str) -> str:
    found = re.search(rf'\s{name}="([^"]*)"', tag)
    return html.unescape(found[1]) if found else ""


def _in_part(part: IO[bytes]) -> Iterator[Mistake]:
    rest = b""
    while chunk := part.read(CHUNK):
        rest += chunk
        whole = rest.rfind(b"</c>") + len(b"</c>")
        if whole < len(b"</c>"):
            rest = rest if len(rest) < LONGEST else b""
            continue
        yield from _in_cells(rest[:whole])
        rest = rest[whole:]


def _in_cells(cells: bytes) -> Iterator[Mistake]:
    for found in _WITHOUT_VALUE.finditer(cells):
        about = found["error"] or found["formula"] or b""
        place = _PLACE.search(about)
        if place is None or b't="str"' in about:  # a formula whose result is no character
            continue
        told = found["sign"] if found["error"] is not None else b"#=" + (found["text"] or b"")
        column = 0
        for letter in place[1]:
            column = column * 26 + letter - 64
        yield int(place[2]) - 1, column - 1, html.unescape(told.decode("utf-8", "replace"))
