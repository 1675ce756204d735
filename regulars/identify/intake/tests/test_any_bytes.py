"""Any bytes at all give a refusal or a result; and the quick way reads as the careful one does."""

from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from regulars.identify.commerce.public import Order
from regulars.identify.intake.public import FileRefused, start_check
from regulars.identify.intake.reading.delimited import Delimited
from regulars.identify.intake.reading.layout import Wishes, layout_of
from regulars.identify.intake.reading.limits import Limits
from regulars.identify.intake.reading.record import Batch
from regulars.identify.intake.reading.sample import sample_of
from regulars.identify.intake.reading.table import read_rows
from regulars.identify.intake.reading.unpacking import unpacked
from regulars.identify.intake.tests.conftest import take_in
from regulars.identify.intake.tests.hostile import GOOD, HEADER
from regulars.identify.intake.tests.made_files import delimited, table_files
from regulars.lake.public import workbench
from regulars.work.public import TaskState, run_task

WITHIN = Limits(unpacked=4_000_000, free=1_000_000, line=200_000, cell=2_000)
ROWS = [{"order": "1", "date": "2026-03-01", "sku": "茶 é", "price": "5"}] * 3
SOUND = tuple(table_files(ROWS).values())
quietly = settings(
    deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@st.composite
def spoilt(draw):
    """A sound file of any form, with some bytes changed, added or taken away."""
    content = bytearray(draw(st.sampled_from(SOUND)))
    for _ in range(draw(st.integers(0, 4))):
        place = draw(st.integers(0, max(len(content) - 1, 0)))
        content[place : place + draw(st.integers(0, 9))] = draw(st.binary(max_size=9))
    return bytes(content)


ENDS = b"PK\x05\x06" + bytes(7) + b"\x006" + bytes(5)  # of an archive; it lies about the rest
LYING = (b"PK\x03\x04PK\x01\x02" + bytes(24) + b"\x01" + bytes(17) + b"\x01" + bytes(5) + ENDS,
         b"PK\x03\x04PK\x01\x02" + bytes(31) + b"\x01" + bytes(20) + ENDS)  # fmt: skip

CELLS = st.text("ab\",;\r\n\t'é茶\0 =", max_size=6)
TEXTS = st.lists(st.lists(CELLS, max_size=4), max_size=6).map(
    lambda rows: "\n".join(",".join(row) for row in rows).encode()
)
ANY = st.one_of(st.binary(max_size=300), spoilt(), TEXTS, TEXTS.map(lambda text: b'{"a":' + text))


@quietly
@given(ANY)
@example(b'{"a":"\\ud800"}')
@example(LYING[0])
@example(LYING[1])
@example(b'{"":1}')
@example(b"sep=;")
@example(b'"')
def test_any_bytes_are_refused_or_read(content):
    with TemporaryDirectory() as folder, workbench(folder=Path(folder) / "spill") as db:
        try:
            layout, shown, read = _looked_at(db, Path(folder), content)
        except FileRefused as refused:
            sentence = str(refused)
        else:
            (whole,) = db.execute("SELECT count(*) FROM raw").fetchone()
            assert whole + read.broken == read.rows
            assert all(len(row.cells) == len(layout.columns) for row in shown)
            return
        assert sentence


def _looked_at(db, folder, content):
    file = folder / "file"
    file.write_bytes(content)
    plain, form = unpacked(file, folder=folder / "plain", within=WITHIN)
    layout = layout_of(plain, form, folder=folder, wishes=Wishes(), within=WITHIN)
    shown = sample_of(layout, count=5, within=WITHIN)
    return layout, shown, read_rows(db, layout, within=WITHIN, heard=lambda _: None)


@pytest.mark.django_db
@settings(quietly, max_examples=15)
@given(st.one_of(spoilt(), TEXTS.map(lambda text: (HEADER + GOOD).encode() + text)))
def test_any_bytes_can_be_tried_and_leave_nothing_behind(teahouse, content):
    with suppress(FileRefused):
        imported = take_in(teahouse, content)
        task = run_task(start_check(imported, by=None, now=timezone.now()))
        imported.refresh_from_db()
        assert task.state == TaskState.DONE or imported.problem["sentence"], task.error
    assert not Order.objects.exists()


@settings(quietly, max_examples=300)
@given(st.lists(st.lists(CELLS, min_size=2, max_size=2), max_size=8), st.sampled_from("\n\r"))
@example([["a", "b"], ['"a"', '"b""c"'], ['""', '"a\nb"']], "\n")
def test_the_quick_way_reads_what_the_careful_way_reads(rows, end):
    raw = end.join(",".join(row) for row in rows)
    whole = delimited([dict(zip("ab", row, strict=True)) for row in rows] or [{"a": "", "b": ""}])
    for text in (raw, whole, f"{whole}x,y", whole.replace("\n", "\r\n")):
        content = text.encode()
        assert _read(content, chunk=8_000_000) == _read(content, chunk=None)


def _read(content, *, chunk):
    """Read rows of two cells; without a chunk one by one, as the careful way does."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "file"
        path.write_bytes(content)
        text = Delimited(path=path, codec="utf-8", delimiter=",", cell=2_000)
        if chunk is None:
            found = text.first_records(1_000)
        else:
            found = [row for part in text.rows(width=2, after=0) for row in _records(part)]
    kept = [row if isinstance(row, tuple) else (row.number, list(row.cells), row.broken)
            for row in found]  # fmt: skip
    return [row for row in kept if row[2] is not None or any(row[1])]


def _records(part):
    if not isinstance(part, Batch):
        return [part]
    columns = [column.to_pylist() for column in part.columns]
    cells = zip(*columns, strict=True)
    numbers = part.numbers.to_pylist()
    return [(n, list(row), None) for n, row in zip(numbers, cells, strict=True)]


def test_lines_are_whole_wherever_a_block_ends(monkeypatch, tmp_path):
    text = "".join(f'"a{n}",b\r\n' for n in range(40))
    path = tmp_path / "file"
    path.write_bytes(text.encode())
    reading = Delimited(path=path, codec="utf-8", delimiter=",", cell=2_000)

    for size in range(1, 30):
        monkeypatch.setattr("regulars.identify.intake.reading.delimited.CHUNK", size)
        found = [row for part in reading.rows(width=2, after=0) for row in _records(part)]
        assert [row[1][0] for row in found] == [f"a{n}" for n in range(40)]
