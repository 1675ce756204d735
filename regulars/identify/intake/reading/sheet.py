"""Bring a sheet of a workbook into a text, from which it is read like any other table."""

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext_noop

from regulars.identify.intake.reading import workbook
from regulars.identify.intake.reading.limits import MEGABYTE, Limits
from regulars.identify.intake.reading.refusal import FileRefused, NoSuchChoice
from regulars.identify.intake.reading.unpacking import TOO_LARGE, most_unpacked

TOO_MUCH = gettext_noop(
    "The workbook cannot be opened: it is damaged, or claims more cells than fit into memory. "
    "Save it again as .xlsx, or as CSV."
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet as CSV, its name, and the names of all that hold something."""

    path: Path
    name: str
    names: list[str]


def sheet_as_text(path: Path, *, sheet: str, folder: Path, within: Limits) -> Sheet:
    """Write the sheet of that name, or the first that holds a table. Raises FileRefused."""
    folder.mkdir(parents=True, exist_ok=True)
    to = folder / "sheet.csv"
    most = most_unpacked(packed=path.stat().st_size, within=within)
    told = [path, sheet, to, settings.REGULARS_MEMORY_MB, most, within.cell]
    done = subprocess.run(
        [sys.executable, "-m", workbook.__name__, *map(str, told)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    names = done.stdout.splitlines()
    _refuse(done.returncode, sheet, names, allowed=within.unpacked // MEGABYTE)
    return Sheet(to, sheet or names[0], names)


def _refuse(code: int, sheet: str, names: list[str], *, allowed: int) -> None:
    if code == workbook.NO_SHEET:
        raise NoSuchChoice(
            gettext_noop("There is no sheet called %(sheet)s, but: %(sheets)s."),
            sheet=sheet,
            sheets=", ".join(names),
        )
    if code == workbook.TOO_LARGE:
        raise FileRefused(TOO_LARGE, most=allowed)
    if code:
        raise FileRefused(TOO_MUCH)
    if not names:
        raise FileRefused(gettext_noop("The workbook is empty."))
