"""Read CSV and its cousins, fast where the text is regular and carefully where it is not.

The fast way reads lines as columns; it is taken when every line is one record beyond doubt. Both
ways read the same: tests compare them.
"""

import csv
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyarrow as pa
import pyarrow.csv as pacsv

from regulars.identify.intake.reading.careful import next_record
from regulars.identify.intake.reading.lines import Lines
from regulars.identify.intake.reading.record import Batch, Record

CHUNK = 8_000_000
BLANK = ("\n", "\r\n", "\r")


@dataclass(frozen=True, slots=True, kw_only=True)
class Delimited:
    """How a text is to be read: its codec, and what stands between its cells."""

    path: Path
    codec: str
    delimiter: str
    cell: int

    @contextmanager
    def lines(self) -> Iterator[Lines]:
        csv.field_size_limit(self.cell)
        with self.path.open(encoding=self.codec, errors="surrogateescape", newline="") as text:
            yield Lines(text)

    def first_records(self, count: int) -> list[Record]:
        with self.lines() as lines:
            return _some(lines, count, delimiter=self.delimiter)

    def rows(self, *, width: int, after: int) -> Iterator[Batch | Record]:
        """Give what follows row ``after``: whole batches of that width, and single rows."""
        with self.lines() as lines:
            number = after + 1
            for passed in range(after):
                next_record(lines, number=passed + 1, delimiter=self.delimiter)
            while chunk := lines.take_some(CHUNK):
                if batch := self._at_once(chunk, number=number, width=width):
                    yield batch
                    number += len(batch.numbers)
                    continue
                for record in self._one_by_one(lines, chunk, number=number):
                    yield record
                    number = record.number + 1

    def _at_once(self, chunk: list[str], *, number: int, width: int) -> Batch | None:
        if not _regular(chunk, self.delimiter):
            return None
        try:
            block = "".join(chunk).encode()
            table = pacsv.read_csv(
                pa.py_buffer(block),
                read_options=pacsv.ReadOptions(
                    column_names=[f"c{place}" for place in range(1, width + 1)],
                    block_size=len(block) + 1,
                    use_threads=False,
                ),
                parse_options=pacsv.ParseOptions(delimiter=self.delimiter),
                convert_options=pacsv.ConvertOptions(
                    column_types={f"c{place}": pa.string() for place in range(1, width + 1)}
                ),
            )
        except (UnicodeEncodeError, pa.ArrowInvalid):
            return None
        if table.num_rows != len(chunk):
            return None
        numbers = pa.array(range(number, number + len(chunk)), pa.int64())
        return Batch(numbers, table.combine_chunks().columns)

    def _one_by_one(self, lines: Lines, chunk: list[str], *, number: int) -> Iterator[Record]:
        """Read the records that begin in the chunk."""
        lines.give_back(chunk)
        while lines.waiting:
            record = next_record(lines, number=number, delimiter=self.delimiter)
            if record is None:
                return
            yield record
            number += 1


def _some(lines: Lines, count: int, *, delimiter: str) -> list[Record]:
    found = []
    for number in range(1, count + 1):
        record = next_record(lines, number=number, delimiter=delimiter)
        if record is None:
            break
        found.append(record)
    return found


def _regular(chunk: list[str], delimiter: str) -> bool:
    """Tell whether every line is one record, and quotes stand only around whole cells."""
    text = "".join(chunk)
    if any(line in BLANK for line in chunk) or "\0" in text:
        return False
    if '"' not in text:
        return True
    whole = _quoted(delimiter).fullmatch
    return all(whole(line) for line in chunk if '"' in line)


@cache
def _quoted(delimiter: str) -> re.Pattern[str]:
    """Match a line whose cells are either quoted as a whole or have no quote."""
    cell = rf'(?:"(?:[^"\r\n]|"")*+"|[^"\r\n{re.escape(delimiter)}]*+)'
    return re.compile(rf"{cell}(?:{re.escape(delimiter)}{cell})*+\r?\n?")
