"""Load a file of purchases as it is: every cell as text, the columns by their names."""

import csv
import re
from collections import Counter
from pathlib import Path

from regulars.lake.public import Workbench, WorkbenchFailed

SEPARATORS = ",;\t|"
FACT = re.compile(r"[-+]?\d[\d.:/+-]*([T ][\d.:+Z-]*)?")  # a number, a day or an instant
LONGEST_LINE = 100_000


class UnusableFile(Exception):
    """The file does not hold visits as the columns were named."""


def load(bench: Workbench, file: Path) -> list[str]:
    """Make the table ``raw`` of a file, and return the names of its columns.

    Columns are set apart by the separator its first line has most of, or by blanks. That line
    names them unless a number or a day stands in it. Raises UnusableFile.
    """
    if not file.exists():
        raise UnusableFile(f"There is no file {file}.")
    with file.open("rb") as opened:
        first = opened.readline(LONGEST_LINE).decode("utf-8-sig", errors="replace")
    if not first.strip():
        raise UnusableFile(f"The first line of {file} is empty; a row is expected there.")
    separator, times = max(Counter({one: first.count(one) for one in SEPARATORS}).items(),
                           key=lambda found: found[1])  # fmt: skip
    try:
        if times:
            _load_cells(bench, file, next(csv.reader([first], delimiter=separator)), separator)
        else:
            _load_words(bench, file, first.split())
    except WorkbenchFailed as error:
        raise UnusableFile(_why(file, str(error))) from error
    return [row[0] for row in bench.execute("DESCRIBE raw").fetchall()]


def column(names: list[str], wanted: str) -> str:
    """Return the column of a name or a number, quoted. Raises UnusableFile."""
    if wanted in names:
        return f'"{_quoted(wanted)}"'
    if wanted.isdecimal() and 1 <= int(wanted) <= len(names):
        return f'"{_quoted(names[int(wanted) - 1])}"'
    known = ", ".join(names[:20])
    raise UnusableFile(f"The file has no column {wanted!r}. Its columns are: {known}.")


def _load_cells(bench: Workbench, file: Path, cells: list[str], separator: str) -> None:
    named = not any(FACT.fullmatch(cell.strip()) for cell in cells)
    names = _each_once(cells) if named else [f"column{i}" for i, _ in enumerate(cells, 1)]
    texts = ", ".join("'" + name.replace("'", "''") + "': 'VARCHAR'" for name in names)
    bench.execute(
        f"CREATE TABLE raw AS SELECT * FROM read_csv(?, columns = {{{texts}}}, delim = ?,"  # noqa: S608
        " header = ?, auto_detect = false, quote = '\"', escape = '\"')",
        [str(file), separator, named],
    )


def _each_once(cells: list[str]) -> list[str]:
    """Name nameless columns by their number, and the second of a name by a number behind it."""
    names: list[str] = []
    for number, cell in enumerate(cells, 1):
        name = cell.strip() or f"column{number}"
        taken = {one.lower() for one in names}
        names.append(f"{name}_{number}" if name.lower() in taken else name)
    return names


def _load_words(bench: Workbench, file: Path, words: list[str]) -> None:
    """Load a file whose columns are set apart by blanks, with or without a header."""
    named = not any(FACT.fullmatch(word) for word in words)
    parts = ", ".join(f"w[{i}] AS column{i}" for i in range(1, len(words) + 1))
    bench.execute(
        f"CREATE TABLE raw AS SELECT {parts} FROM ("  # noqa: S608 -- numbers alone
        "SELECT string_split_regex(trim(line), '\\s+') AS w FROM read_csv(?, "
        "columns = {'line': 'VARCHAR'}, delim = '\x01', quote = '', escape = '',"
        f" header = false, skip = {int(named)}))",
        [str(file)],
    )
    for i, word in enumerate(words, 1):
        if named:
            bench.execute(f'ALTER TABLE raw RENAME COLUMN column{i} TO "{_quoted(word)}"')


def _quoted(name: str) -> str:
    return name.replace('"', '""')


def _why(file: Path, said: str) -> str:
    line = re.search(r"Line: (\d+)", said)
    if line and "unicode" not in said:
        return f"Line {line[1]} of {file} does not fit the columns of the first line."
    return f"{file} cannot be read as a table. A text file in UTF-8, as CSV, is expected."
