"""Tables as texts of comma-separated values that a spreadsheet opens without harm."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet would run begins so."""

MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
"""Tells spreadsheets that the letters are Unicode."""

Value = TypeVar("Value")


class _Line:
    """What the csv module writes to: gives back each line."""

    def write(self, line: str) -> str:
        return line


def harmless(value: Value) -> Value | str:
    """Return a value that no spreadsheet takes for a formula; what is no text stays as it is."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value


def csv_lines(head: Sequence[str], rows: Iterable[Iterable[object]]) -> Iterator[str]:
    """Give the lines of a file, the marked line of the columns' names first."""
    writer = csv.writer(_Line())
    yield MARK + str(writer.writerow(harmless(name) for name in head))
    for row in rows:
        yield str(writer.writerow(harmless(value) for value in row))
