"""Read CSV and its cousins, fast where the text is regular and carefully where it is not.

The fast way reads lines as columns; it is taken when every line is one record beyond doubt. Both
ways read the same: tests compare them.
"""

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.csv as pacsv

from regulars.identify.intake.reading.careful import next_record
from regulars.identify.intake.reading.encoding import ESCAPED
from regulars.identify.intake.reading.lines import Lines
from regulars.identify.intake.reading.record import Batch, Record
from regulars.identify.intake.reading.regular import lines_if_regular

CHUNK = 8_000_000


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
        with self.path.open(encoding=self.codec, errors=ESCAPED, newline="") as text:
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
            while block := lines.take_block(CHUNK):
                if batch := self._at_once(block, number=number, width=width):
                    yield batch
                    number += len(batch.numbers)
                    continue
                lines.give_back_block(block)
                for record in self._one_by_one(lines, number=number):
                    yield record
                    number = record.number + 1

    def _at_once(self, text: str, *, number: int, width: int) -> Batch | None:
        try:
            block = text.encode()
        except UnicodeEncodeError:
            return None
        count = lines_if_regular(block, self.delimiter, longest=self.cell)
        table = self._columns(block, width) if count else None
        if table is None or table.num_rows != count:
            return None
        numbers = pa.array(range(number, number + count), pa.int64())
        return Batch(numbers, table.combine_chunks().columns)

    def _columns(self, block: bytes, width: int) -> pa.Table | None:
        names = [f"c{place}" for place in range(1, width + 1)]
        try:
            return pacsv.read_csv(
                pa.py_buffer(block),
                read_options=pacsv.ReadOptions(
                    column_names=names, block_size=len(block) + 1, use_threads=False
                ),
                parse_options=pacsv.ParseOptions(delimiter=self.delimiter),
                convert_options=pacsv.ConvertOptions(
                    column_types=dict.fromkeys(names, pa.string())
                ),
            )
        except pa.ArrowInvalid:
            return None

    def _one_by_one(self, lines: Lines, *, number: int) -> Iterator[Record]:
        """Read the records that begin in the lines that wait."""
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
