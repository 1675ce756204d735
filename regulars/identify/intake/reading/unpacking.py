"""Find out what a file is by what is in it, and unpack it within limits."""

import gzip
import zipfile
import zlib
from collections.abc import Iterator
from enum import StrEnum, auto
from pathlib import Path
from typing import IO

from django.utils.translation import gettext_lazy as _

from regulars.identify.intake.reading.limits import MEGABYTE, Limits
from regulars.identify.intake.reading.refusal import FileRefused


class Form(StrEnum):
    TEXT = auto()
    SHEET = auto()
    PARQUET = auto()


_FOREIGN = (
    (b"\xd0\xcf\x11\xe0", _("an Excel 97–2003 workbook: save it as .xlsx or CSV")),
    (b"%PDF", _("a PDF document: export a table instead")),
    (b"\x89PNG", _("a picture")),
    (b"\xff\xd8\xff", _("a picture")),
    (b"GIF8", _("a picture")),
    (b"SQLite format 3", _("a database: export a table instead")),
    (b"7z\xbc\xaf", _("a 7-Zip archive: unpack it first")),
    (b"Rar!", _("a RAR archive: unpack it first")),
    (b"BZh", _("a bzip2 archive: unpack it first")),
    (b"\xfd7zXZ", _("an xz archive: unpack it first")),
    (b"\x28\xb5\x2f\xfd", _("a Zstandard archive: unpack it first")),
    (b"\x7fELF", _("a programme")),
)
TOO_LARGE = _(
    "Unpacked, the file is larger than %(most)s MB, or it is packed as no order file is. "
    "Split it into several files."
)
CUT_OFF = _("The file is cut off or damaged: it cannot be unpacked to its end. Copy it again.")


def unpacked(path: Path, *, folder: Path, within: Limits) -> tuple[Path, Form]:
    """Return the plain file behind ``path``, unpacked into ``folder`` if need be, and its form.

    Raises FileRefused for what holds no table, for bombs, and for damaged archives.
    """
    with path.open("rb") as file:
        head = file.read(4096)
    if not head:
        raise FileRefused(_("The file is empty."))
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
    for magic, what in _FOREIGN:
        if head.startswith(magic):
            raise FileRefused(_("This is %(what)s.") % {"what": what})


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
                    _("The archive holds %(files)s files: unpack it, and import them one by one.")
                    % {"files": len(tables)}
                )
            plain = folder / "unpacked"
            with archive.open(tables[0]) as packed:
                size = path.stat().st_size
                _copy(_blocks(packed), to=plain, packed=size, within=within)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
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


class _Gauge:
    def __init__(self, *, packed: int, within: Limits) -> None:
        self._most = min(within.unpacked, max(within.free, packed * within.ratio))
        self._allowed = within.unpacked // MEGABYTE
        self._size = 0

    def add(self, size: int) -> None:
        self._size += size
        if self._size > self._most:
            raise FileRefused(TOO_LARGE % {"most": self._allowed})


def _copy(blocks: Iterator[bytes], *, to: Path, packed: int, within: Limits) -> None:
    to.parent.mkdir(parents=True, exist_ok=True)
    if to.parent.name == "inner" and to.parent.parent.name == "inner":
        raise FileRefused(_("The file is packed too many times over. Unpack it first."))
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
