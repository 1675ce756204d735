"""Find out what stands between the cells of a text."""

from collections import Counter
from dataclasses import replace

from regulars.identify.intake.reading.delimited import Delimited
from regulars.identify.intake.reading.record import Record

CANDIDATES = ",;\t|"
SAMPLE = 60


def with_delimiter(text: Delimited) -> Delimited:
    """Return the text read with the delimiter that gives the most rows of one width."""
    announced = text.first_records(1)
    if announced and (mark := _announced(announced[0])):
        return replace(text, delimiter=mark)
    tried = [replace(text, delimiter=mark) for mark in CANDIDATES]
    return max(tried, key=_regularity)


def _announced(record: Record) -> str:
    """Excel writes ``sep=;`` as the first line."""
    line = "".join(record.cells).strip().lower()
    return line[4] if len(line) == 5 and line.startswith("sep=") else ""


def _regularity(text: Delimited) -> tuple[float, int]:
    records = [record for record in text.first_records(SAMPLE) if any(record.cells)]
    widths = Counter(0 if record.broken else len(record.cells) for record in records)
    if not widths:
        return 0.0, 0
    width, rows = max(widths.items(), key=lambda found: (found[1], found[0]))
    return (rows / len(records) if width > 1 else 0.0), width
