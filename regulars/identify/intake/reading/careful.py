"""Read delimited records one by one, and lose only the line that is wrong."""

import csv
from collections.abc import Iterator

from regulars.identify.intake.reading.lines import Lines
from regulars.identify.intake.reading.record import Broken, Record


class _NeverClosed(Exception):
    """A quoted cell goes on for more lines than any would."""


def next_record(lines: Lines, *, number: int, delimiter: str, longest: int = 200) -> Record | None:
    """Read one record; when it is broken, only its first line is used up."""
    taken: list[str] = []
    try:
        cells = next(csv.reader(_feed(lines, taken, longest), delimiter=delimiter, strict=True))
    except StopIteration:
        return None
    except (csv.Error, _NeverClosed) as error:
        lines.give_back(taken[1:])
        wrong = Broken.TOO_LONG if "field limit" in str(error) else Broken.QUOTE
        return Record(number, [_readable(taken[0].rstrip("\r\n"))[:10_000]], wrong)
    if any(_unreadable(line) for line in taken):
        return Record(number, [_readable(cell) for cell in cells], Broken.ENCODING)
    return Record(number, cells)


def _feed(lines: Lines, taken: list[str], longest: int) -> Iterator[str]:
    while (line := lines.take()) is not None:
        taken.append(line)
        if len(taken) > longest:
            raise _NeverClosed
        yield line


def _unreadable(text: str) -> bool:
    return not text.isascii() and any("\udc80" <= character <= "\udcff" for character in text)


def _readable(text: str) -> str:
    return "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in text)
