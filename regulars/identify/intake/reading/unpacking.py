"""Find out what a file is by what is in it, and unpack it within limits."""

import errno
import gzip
import struct
import zipfile
import zlib
from collections.abc import Iterator
from enum import StrEnum, auto
from pathlib import Path
from typing import IO

from django.utils.translation import gettext_noop

from regulars.identify.intake.reading.limits import MEGABYTE, Limits
from regulars.identify.intake.reading.refusal import FileRefused


class Form(StrEnum):
    TEXT = auto()
    SHEET = auto()
    PARQUET = auto()
    OBJECTS = auto()


_OLD_WORKBOOK = gettext_noop(
    "This is an Excel 97–2003 workbook, which cannot be read. Save it as .xlsx or CSV."
)
_NO_TABLE = gettext_noop("This is not a table but a picture, a document or a programme.")
_ARCHIVE = gettext_noop("This archive cannot be opened here. Unpack it, or pack it as .gz or .zip.")
_FOREIGN = (
    (b"\xd0\xcf\x11\xe0", _OLD_WORKBOOK),
    (b"%PDF", _NO_TABLE),
    (b"\x89PNG", _NO_TABLE),
    (b"\xff\xd8\xff", _NO_TABLE),
    (b"GIF8", _NO_TABLE),
    (b"SQLite format 3", _NO_TABLE),
    (b"\x7fELF", _NO_TABLE),
    (b"7z\xbc\xaf", _ARCHIVE),
    (b"Rar!", _ARCHIVE),
    (b"BZh", _ARCHIVE),
    (b"\xfd7zXZ", _ARCHIVE),
    (b"\x28\xb5\x2f\xfd", _ARCHIVE),
)
TOO_LARGE = gettext_noop(
    "Unpacked, the file is larger than %(most)s MB, or it is packed as no order file is. "
    "Split it into several files."
)
CUT_OFF = gettext_noop(
    "The file is cut off or damaged: it cannot be unpacked to its end. Copy it again."
)

DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    LookupError,
    RuntimeError,
    ValueError,
)


def unpacked(path: Path, *, folder: Path, within: Limits) -> tuple[Path, Form]:
    """Return the plain file behind ``path``, unpacked into ``folder`` if need be, and its form.

    Raises FileRefused for what holds no table, for bombs, and for damaged archives.
    """
    with path.open("rb") as file:
        head = file.read(4096)
    if not head:
        raise FileRefused(gettext_noop("The file is empty."))
    if head.startswith(b"\x1f\x8b"):
        plain = folder / "unpacked"
        _copy(_gunzip(path), to=plain, packed=path.stat().st_size, within=within)
        return unpacked(plain, folder=folder / "inner", within=within)
    if head.startswith(b"PK\x03\x04"):
        return _zipped(path, folder=folder, within=within)
    if head.startswith(b"PAR1"):
        return path, Form.PARQUET
    _refuse_foreign(head)
    return path, Form.TEXT


def _refuse_foreign(head: bytes) -> None:
    for magic, sentence in _FOREIGN:
        if head.startswith(magic):
            raise FileRefused(sentence)


def _zipped(path: Path, *, folder: Path, within: Limits) -> tuple[Path, Form]:
    try:
        with zipfile.ZipFile(path) as archive:
            members = [member for member in archive.infolist() if not member.is_dir()]
            if any(member.filename == "xl/workbook.xml" for member in members):
                _measure(archive, members, packed=path.stat().st_size, within=within)
                return path, Form.SHEET
            tables = [m for m in members if not m.filename.startswith(("__MACOSX", "."))]
            if len(tables) != 1:
                raise FileRefused(
                    gettext_noop(
                        "The archive holds %(files)s files: unpack it, and import them one by one."
                    ),
                    files=len(tables),
                )
            plain = folder / "unpacked"
            with archive.open(tables[0]) as packed:
                size = path.stat().st_size
                _copy(_blocks(packed), to=plain, packed=size, within=within)
    except DAMAGED as error:
        raise FileRefused(CUT_OFF) from error
    except OSError as error:
        if error.errno != errno.EINVAL:  # a place before the file's beginning, which it claims
            raise
        raise FileRefused(CUT_OFF) from error
    return unpacked(plain, folder=folder / "inner", within=within)


def _measure(
    archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], *, packed: int, within: Limits
) -> None:
    """Unpack a workbook into nothing, for what a bomb says about its own size may be a lie."""
    gauge = _Gauge(packed=packed, within=within)
    for member in members:
        with archive.open(member) as file:
            for block in _blocks(file):
                gauge.add(len(block))


def most_unpacked(*, packed: int, within: Limits) -> int:
    """Say how many bytes a file may have become, from how many it was packed in."""
    return min(within.unpacked, max(within.free, packed * within.ratio))


class _Gauge:
    def __init__(self, *, packed: int, within: Limits) -> None:
        self._most = most_unpacked(packed=packed, within=within)
        self._allowed = within.unpacked // MEGABYTE
        self._size = 0

    def add(self, size: int) -> None:
        self._size += size
        if self._size > self._most:
            raise FileRefused(TOO_LARGE, most=self._allowed)


def _copy(blocks: Iterator[bytes], *, to: Path, packed: int, within: Limits) -> None:
    to.parent.mkdir(parents=True, exist_ok=True)
    if to.parent.name == "inner" and to.parent.parent.name == "inner":
        raise FileRefused(gettext_noop("The file is packed too many times over. Unpack it first."))
    gauge = _Gauge(packed=packed, within=within)
    with to.open("wb") as file:
        for block in blocks:
            gauge.add(len(block))
            file.write(block)


def _gunzip(path: Path) -> Iterator[bytes]:
    try:
        with gzip.open(path) as file:
            yield from _blocks(file)
    except (gzip.BadGzipFile, zlib.error, EOFError) as error:
        raise FileRefused(CUT_OFF) from error


def _blocks(file: IO[bytes] | gzip.GzipFile) -> Iterator[bytes]:
    while block := file.read(MEGABYTE):
        yield block
