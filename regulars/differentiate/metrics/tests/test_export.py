"""Customers in a file, with every metric and the customer's own identifiers."""

import csv
from datetime import timedelta

import pyarrow.parquet as pq
import pytest
from openpyxl import load_workbook

from regulars.differentiate.metrics.public import (
    NotAFormat,
    NothingMeasured,
    Wanted,
    compute,
    export_customers,
)
from regulars.lake.public import catch_up
from tests.people import NOW, make_customer, make_order

TODAY = NOW.date()


@pytest.fixture
def shop(lake, teahouse, alice, camden):
    make_order(brand=teahouse, customer=alice, at=NOW - timedelta(days=9))
    make_customer(brand=teahouse, name="=HYPERLINK(1)", branch=camden)
    catch_up()
    compute(brand=teahouse, as_of=TODAY)
    return teahouse


def rows(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_a_text_file_has_every_metric_and_no_formula(shop, tmp_path):
    to = tmp_path / "people.csv"
    assert export_customers(Wanted(brand=shop, as_of=TODAY), to=to) == 2
    alice, other = rows(to)
    assert {"valued_on", "expected_value", "alive", "act_on", "past_profit"} <= set(alice)
    assert alice["valued_on"] == alice["alive"] == ""
    assert (alice["name"], alice["email"], alice["net"]) == (
        "Alice Moreau", "alice@mail.test", "12.5"
    )  # fmt: skip
    assert (alice["phone"], alice["cell"], alice["r"]) == ("'+447700900123", "active/new", "1")
    assert (other["name"], other["visits"], other["cell"]) == ("'=HYPERLINK(1)", "0", "")
    assert [file.name for file in tmp_path.glob("*people*")] == ["people.csv"]


def test_a_sheet_holds_dates_numbers_and_texts(shop, tmp_path):
    to = tmp_path / "people.xlsx"
    export_customers(Wanted(brand=shop, as_of=TODAY), to=to)
    sheet = load_workbook(to).active
    table = [[cell.value for cell in row] for row in sheet.iter_rows()]
    alice, other = (dict(zip(table[0], row, strict=True)) for row in table[1:])
    assert alice["last_visit_on"].date() == (NOW - timedelta(days=9)).date()
    assert (alice["net"], alice["phone"]) == (12.5, "+447700900123")
    assert (other["name"], sheet["B3"].data_type) == ("=HYPERLINK(1)", "s")


def test_columns_hold_the_same(shop, tmp_path):
    to = tmp_path / "people.parquet"
    export_customers(Wanted(brand=shop, as_of=TODAY), to=to)
    table = pq.read_table(to)
    assert table["name"].to_pylist() == ["Alice Moreau", "=HYPERLINK(1)"]
    assert table["net"].to_pylist() == [12.5, 0]


def test_who_may_not_see_names_gets_them_masked_and_branches_their_own(shop, soho, tmp_path):
    to = tmp_path / "people.csv"
    wanted = Wanted(brand=shop, as_of=TODAY, branch_ids=frozenset({soho.pk}), named_at=frozenset())
    assert export_customers(wanted, to=to) == 1
    assert (rows(to)[0]["name"], rows(to)[0]["email"]) == ("A••• M•••", "a•••@mail.test")


def test_what_cannot_be_written_leaves_nothing_behind(shop, tmp_path):
    with pytest.raises(NotAFormat):
        export_customers(Wanted(brand=shop, as_of=TODAY), to=tmp_path / "people.doc")
    with pytest.raises(NothingMeasured):
        export_customers(Wanted(brand=shop, as_of=TODAY - timedelta(1)), to=tmp_path / "a.csv")
    assert not list(tmp_path.glob("*.csv"))
