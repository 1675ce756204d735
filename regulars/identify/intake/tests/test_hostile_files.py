"""Whatever is in a file: a clear sentence or a refused row, and nothing half done."""

import codecs
import csv
import io
import tracemalloc

import pytest
from django.test import override_settings
from django.utils import timezone
from django.utils.translation import override

from regulars.identify.commerce.public import Order, Product
from regulars.identify.customers.public import Customer
from regulars.identify.intake.public import FileRefused, start_import
from regulars.identify.intake.reading.refusal import told
from regulars.identify.intake.rejects import reject_lines
from regulars.identify.intake.tests.conftest import take_in, work
from regulars.identify.intake.tests.hostile import GOOD, HEADER, REFUSED, TAKEN_IN_PART
from regulars.work.public import TaskState, run_task

pytestmark = pytest.mark.django_db
MOST_MEMORY = 150_000_000


def refusal(brand, content, **said):
    """Bring a file in, and return the sentence by which it was refused."""
    try:
        imported = take_in(brand, content, **said)
    except FileRefused as refused:
        return str(refused)
    task = run_task(start_import(imported, by=None, now=timezone.now()))
    assert task.state == TaskState.FAILED
    imported.refresh_from_db()
    sentence = told(imported.problem["sentence"], imported.problem["values"])
    assert task.error == sentence
    return sentence


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_is_no_table_is_refused_in_a_sentence(teahouse, tmp_path, name):
    content, expected = REFUSED[name]
    tracemalloc.start()

    with override_settings(REGULARS_UNPACKED_MB=64, REGULARS_MEMORY_MB=512):
        sentence = refusal(teahouse, content)

    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert any(part in sentence for part in expected.split("|")), sentence
    assert most < MOST_MEMORY + 2 * len(content)
    assert sum(file.stat().st_size for file in tmp_path.rglob("*") if file.is_file()) < 400_000_000
    assert not Order.objects.exists()
    assert not Customer.objects.exists()
    assert not Product.objects.exists()


@pytest.mark.parametrize("name", TAKEN_IN_PART)
def test_a_row_that_cannot_be_taken_is_refused_alone(teahouse, name):
    rows, reasons = TAKEN_IN_PART[name]

    imported = work(take_in(teahouse, HEADER.encode() + GOOD.encode() + rows))

    assert imported.counts["refused_reasons"] == reasons
    assert Order.objects.get(number="1").net_minor == 500
    assert "".join(reject_lines(imported)).count("\r\n") > sum(reasons.values())


def test_a_refusal_is_told_in_the_persons_language(teahouse):
    with override("zh-hans"):
        assert refusal(teahouse, b"") == "文件是空的。"


@pytest.mark.parametrize("name", ["base64", "rot13", "zlib", "idna", "unicode_escape", "nonsense"])
def test_what_is_no_encoding_of_text_is_refused(teahouse, name):
    with pytest.raises(FileRefused, match="no encoding called"):
        take_in(teahouse, HEADER + GOOD, wishes={"encoding": name})


@pytest.mark.parametrize("name", ["utf-16", "utf-32", "gb18030", "ascii", "shift_jis"])
def test_the_wrong_encoding_gives_a_sentence_or_refused_rows(teahouse, name):
    content = (HEADER + "1,2026-03-01,Grüner Tee,1,5,7\n" * 3).encode()

    try:
        imported = take_in(teahouse, content, wishes={"encoding": name})
    except FileRefused:
        return
    assert work(imported).counts["refused"] in (0, 3)


def test_half_a_character_at_the_end_costs_only_its_row(teahouse):
    content = (HEADER + GOOD + "2,2026-03-01,B,1,5,7").encode("utf-16") + b"\x41"

    assert work(take_in(teahouse, content)).counts["refused_reasons"] == {"encoding": 1}


@pytest.mark.parametrize("mark", ["=", "+", "-", "@", "\t="])
def test_formulas_are_harmless_in_the_refused_rows_and_come_back_as_they_were(teahouse, mark):
    cell = f"{mark}HYPERLINK(1)"
    text = f'{HEADER}2,never,"{cell}",1,5,7\n'
    first = work(take_in(teahouse, text, mapping={"at": "date"}))

    rows = list(csv.reader(io.StringIO("".join(reject_lines(first)))))
    assert rows[1][4] == f"'{cell}"

    repaired = "".join(reject_lines(first)).replace("never", "2026-03-01")
    work(take_in(teahouse, repaired))
    assert Order.objects.get().lines.get().product.sku == cell.strip()


def test_a_mark_of_utf_8_in_the_middle_is_no_part_of_a_name(teahouse):
    text = codecs.BOM_UTF8 + b"\xef\xbb\xbf" + (HEADER + GOOD).encode()

    assert work(take_in(teahouse, text)).counts["orders"] == 1


@pytest.mark.parametrize(
    "text",
    [
        "order,da\0te,sku,price\n1,2026-03-01,A,5\n",
        '{"order": 1, "date": "2026-03-01", "price": 5}\n{"a\\u0000": "\\u0000"}\n',
        "order,date,price\n1,03/04/2026\0,5\n",
    ],
)
def test_a_nul_is_kept_by_no_database_and_troubles_none(teahouse, text):
    imported = take_in(teahouse, text, mapping={"at": "date"})
    task = run_task(start_import(imported, by=None, now=timezone.now()))
    imported.refresh_from_db()

    assert task.state == TaskState.DONE or imported.problem["sentence"], task.error
