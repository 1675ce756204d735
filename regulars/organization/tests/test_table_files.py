"""Tables to take away."""

import io
from datetime import date
from decimal import Decimal

from openpyxl import load_workbook

from regulars.organization.staff.table_files import table_file

HEAD = ("name", "on", "worth")
ROWS = [("=HYPERLINK(1)", date(2025, 11, 20), Decimal("12.50"))]


def test_a_text_file_is_sent_row_by_row() -> None:
    answer = table_file("tea", HEAD, ROWS, file_format="nonsense")
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert lines == ["name,on,worth", "'=HYPERLINK(1),2025-11-20,12.50"]
    assert answer["Content-Disposition"] == 'attachment; filename="tea.csv"'


def test_a_workbook_holds_texts_dates_and_numbers_and_no_formula() -> None:
    answer = table_file("tea", HEAD, ROWS, file_format="xlsx")
    sheet = load_workbook(io.BytesIO(answer.content)).active
    name, on, worth = next(sheet.iter_rows(min_row=2))
    assert (name.value, name.data_type) == ("=HYPERLINK(1)", "s")
    assert (on.value.date(), worth.value) == (date(2025, 11, 20), 12.5)
