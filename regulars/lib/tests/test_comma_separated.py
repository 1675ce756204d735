"""Comma-separated values that harm nobody."""

import csv
import io

import pytest

from regulars.lib.comma_separated import csv_lines, harmless


@pytest.mark.parametrize("text", ["=1+1", "+44 20", "-2", "@SUM(A1)", "\t=1", "\r=1"])
def test_a_text_that_a_spreadsheet_would_run_begins_with_an_apostrophe(text: str) -> None:
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("value", ["tea", "1=1", "", None, -5, 2.5, True])
def test_everything_else_stays_as_it_is(value: object) -> None:
    assert harmless(value) is value


def test_lines_are_read_back_as_they_were_told() -> None:
    rows = [("大卫, “tea”", -3), ('a "quoted"\nword', None), ("=HYPERLINK(1)", 0)]
    text = "".join(csv_lines(("name", "=count"), rows))
    assert text.encode().startswith(b"\xef\xbb\xbf")
    head, *read = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    assert head == ["name", "'=count"]
    assert read == [["大卫, “tea”", "-3"], ['a "quoted"\nword', ""], ["'=HYPERLINK(1)", "0"]]
