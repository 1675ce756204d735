"""Cells without a value: an error, a formula never worked out, NaN. Each is refused by its name."""

import io
import zipfile

import openpyxl
import pytest

from regulars.identify.commerce.public import Order, Product
from regulars.identify.intake.models import Import, ImportKind
from regulars.identify.intake.rejects import first_rejects, reason_sentence
from regulars.identify.intake.tests.conftest import take_in, work

pytestmark = pytest.mark.django_db
HEADER = ["order", "date", "sku", "quantity", "price", "line discount", "city"]
ROW = ["1", "2026-03-01", "TEA", "2", "4", "0", "Bath"]


def refused(brand, content):
    counts = (imported := work(take_in(brand, content))).counts
    told = [(row["reason"], row["detail"]) for row in first_rejects(imported, 9)]
    assert counts["refused"] == len(told)
    return told


def with_cell(column, value):
    return [value if name == column else cell for name, cell in zip(HEADER, ROW, strict=True)]


@pytest.mark.parametrize(
    ("column", "value", "reason"),
    [
        ("price", "#REF!", "sheet_error"), ("price", "#N/A", "sheet_error"),
        ("line discount", "#N/A", "sheet_error"), ("quantity", "#WERT!", "sheet_error"),
        ("sku", "#¿NOMBRE?", "sheet_error"), ("order", "#NV", "sheet_error"),
        ("date", "#DIV/0!", "sheet_error"), ("price", "=B2*C2", "formula"),
        ("price", "NaN", "no_figure"), ("quantity", "nan", "no_figure"),
    ],
)  # fmt: skip
def test_a_cell_without_a_value_refuses_its_row_and_says_why(teahouse, column, value, reason):
    file = "\n".join(",".join(row) for row in (HEADER, ["9", *ROW[1:]], with_cell(column, value)))

    key = {"order": "number", "date": "at", "line discount": "discount"}.get(column, column)
    assert refused(teahouse, file) == [(reason, f"{key}: {value}")]
    assert Order.objects.get().number == "9"


@pytest.mark.parametrize(("column", "value"), [("line discount", "NaN"), ("city", "#N/A")])
def test_what_is_not_needed_may_be_missing(teahouse, column, value):
    file = "\n".join(",".join(row) for row in (HEADER, with_cell(column, value)))

    assert refused(teahouse, file) == []
    assert Order.objects.get().customer is None


def book(*rows):
    made = openpyxl.Workbook()
    made.active.append(["a", "cover"])
    page = made.create_sheet("Orders & more")
    page.append([])
    for row in (HEADER, *rows):
        page.append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def test_a_workbook_tells_errors_and_formulas_from_empty_cells(teahouse):
    content = book(
        with_cell("order", "9"), with_cell("price", "=E3*2"), with_cell("line discount", "#DIV/0!")
    )
    with zipfile.ZipFile(io.BytesIO(content)) as told:
        assert b't="e"' in told.read("xl/worksheets/sheet2.xml")

    assert refused(teahouse, content) == [
        ("formula", "price: =E3*2"),
        ("sheet_error", "discount: #DIV/0!"),
    ]
    assert Order.objects.get().number == "9"
    assert [row["row_no"] for row in first_rejects(Import.objects.get(), 9)] == [4, 5]


def test_a_product_file_tells_them_too(teahouse):
    file = "sku,name,price\nTEA,Tea,4\nPOT,Pot,#REF!\nCUP,Cup,=1+2\n"

    imported = work(take_in(teahouse, file, kind=ImportKind.PRODUCTS))

    assert imported.counts["refused_reasons"] == {"sheet_error": 1, "formula": 1}
    assert Product.objects.get().sku == "TEA"


def test_a_product_file_without_any_figure_comes_in(teahouse):
    work(take_in(teahouse, "sku,name\nTEA,Tea\n", kind=ImportKind.PRODUCTS))

    assert Product.objects.get().price_minor is None


def test_the_reason_is_said_with_the_cell():
    assert "error" in reason_sentence("sheet_error", "price: #REF!")
    assert "#REF!" in reason_sentence("sheet_error", "price: #REF!")
