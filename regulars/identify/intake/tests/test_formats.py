"""Every form of file, with the same rows in it, gives the same facts."""

import io
from datetime import UTC, date, datetime
from decimal import Decimal

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from regulars.identify.commerce.public import Order, Product
from regulars.identify.customers.public import Customer
from regulars.identify.intake.mapping.requirements import ColumnMissing
from regulars.identify.intake.models import ImportKind
from regulars.identify.intake.public import FileRefused
from regulars.identify.intake.staging import order_rows
from regulars.identify.intake.tests.conftest import take_in, work
from regulars.identify.intake.tests.made_files import delimited, table_files

pytestmark = pytest.mark.django_db

PEOPLE = [
    {"E-mail": "alice@example.net", "Name": "Alice Müller", "Birthday": "1990-04-03",
     "City": "Genève", "Tags": "tea; cups"},
    {"E-mail": "chloe@example.net", "Name": "Chloé d'Été, Dr.", "Birthday": "1985-12-31",
     "City": "Köln €", "Tags": ""},
    {"E-mail": "bob@example.net", "Name": 'Bob "Bobby" O\'Neill', "Birthday": "",
     "City": "Leeds", "Tags": "pots"},
]  # fmt: skip
HANZI = [
    {"手机": "13800138000", "姓名": "王大卫", "生日": "1990年4月3日", "城市": "上海",
     "标签": "铁观音，茶杯"},
    {"手机": "13900139000", "姓名": "李静", "生日": "1988-08-08", "城市": "杭州", "标签": ""},
]  # fmt: skip
TEAS = [
    {"SKU": "00123", "Name": "Oolong, 250 g", "Brand": "Leaf", "Category": "Tea/Green",
     "Price": "1,234.50", "Cost": "800"},
    {"SKU": "POT-1", "Name": "Pot 5\"", "Brand": "", "Category": "Ware", "Price": "£20",
     "Cost": ""},
]  # fmt: skip


def people():
    return list(
        Customer.objects.order_by("name").values_list("name", "city", "born_on", "interests")
    )


def bring(brand, content, kind, **said):
    return work(take_in(brand, content, kind=kind, **said))


@pytest.mark.parametrize("form", table_files(PEOPLE))
def test_customers_come_in_alike_from_every_form_of_file(teahouse, form):
    bring(teahouse, table_files(PEOPLE)[form], ImportKind.CUSTOMERS)

    assert people() == [
        ("Alice Müller", "Genève", date(1990, 4, 3), ["tea", "cups"]),
        ('Bob "Bobby" O\'Neill', "Leeds", None, ["pots"]),
        ("Chloé d'Été, Dr.", "Köln €", date(1985, 12, 31), []),
    ]


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8"])
def test_customers_come_in_from_the_west(teahouse, encoding):
    bring(teahouse, delimited(PEOPLE).encode(encoding), ImportKind.CUSTOMERS)

    assert [name for name, *_ in people()][2] == "Chloé d'Été, Dr."


@pytest.mark.parametrize("encoding", ["gbk", "gb18030", "utf-8", "utf-16", "utf-16-le"])
def test_customers_come_in_from_the_east(teahouse, encoding):
    teahouse.country = "CN"
    teahouse.save()

    bring(teahouse, delimited(HANZI).encode(encoding), ImportKind.CUSTOMERS)

    assert people() == [
        ("李静", "杭州", date(1988, 8, 8), []),
        ("王大卫", "上海", date(1990, 4, 3), ["铁观音", "茶杯"]),
    ]


@pytest.mark.parametrize("form", ["UTF-8", "tabs", "gz", "XLSX", "JSON Lines", "Parquet"])
def test_products_come_in_alike_from_every_form_of_file(teahouse, form):
    imported = bring(teahouse, table_files(TEAS)[form], ImportKind.PRODUCTS)

    found = Product.objects.order_by("sku").values_list(
        "sku", "name", "maker", "category", "price_minor", "cost_minor"
    )
    assert list(found) == [
        ("00123", "Oolong, 250 g", "Leaf", "Tea/Green", 123_450, 80_000),
        ("POT-1", 'Pot 5"', "", "Ware", 2_000, None),
    ]
    assert imported.counts["new_products"] == 2

    again = bring(teahouse, table_files(TEAS)[form], ImportKind.PRODUCTS)
    assert again.counts["unchanged_products"] == 2


HEADER = "order,date,sku,qty,amount,customer id\n"


def ordered(brand, line, **said):
    bring(brand, HEADER + line, ImportKind.ORDERS, **said)
    return Order.objects.get()


def test_a_date_that_may_be_either_is_asked_about_and_nothing_is_written(teahouse):
    imported = take_in(teahouse, f"{HEADER}1,03/04/2026,A,1,5,7\n")

    with pytest.raises(AssertionError, match="day-first or month-first"):
        work(imported)
    assert not Order.objects.exists()
    imported.refresh_from_db()
    assert imported.problem["kind"] == "DatesUnclear"


@pytest.mark.parametrize(
    ("order", "day"), [("day-first", date(2026, 4, 3)), ("month-first", date(2026, 3, 4))]
)
def test_the_answer_to_that_question_is_followed(teahouse, order, day):
    assert ordered(teahouse, "1,03/04/2026,A,1,5,7\n", dates=order).placed_on == day


@pytest.mark.parametrize(
    ("figure", "minor"),
    [
        ("1234.5", 123_450), ("1,234.50", 123_450), ("1 234.50", 123_450), ("1'234.50", 123_450),
        ("£1,234.50", 123_450), ("$12", 1_200), ("US$12.30", 1_230), ("12.30 €", 1_230),
        ("¥12.00", 1_200), ("￥１２．５０", 1_250), ("12.50元", 1_250), ("GBP 12.50", 1_250),
        ("12.50 GBP", 1_250), ("kr. 12.50", 1_250), ("Rs. 1,234.50", 123_450), (".5", 50),
        ("+7", 700), ("12,34,567.00", 123_456_700),
    ],
)  # fmt: skip
def test_money_is_read_as_people_write_it(teahouse, figure, minor, monkeypatch):
    monkeypatch.setattr(order_rows, "foreign_money", lambda *_, **__: "NULL::VARCHAR")

    assert ordered(teahouse, f'1,2026-03-01,A,1,"{figure}",7\n').net_minor == minor


@pytest.mark.parametrize(
    ("figure", "minor"),
    [("1234,5", 123_450), ("1.234,50", 123_450), ("1 234,50 €", 123_450), ("1.234", 123_400)],
)
def test_a_decimal_comma_is_read_where_it_is_said(teahouse, figure, minor, monkeypatch):
    monkeypatch.setattr(order_rows, "foreign_money", lambda *_, **__: "NULL::VARCHAR")

    order = ordered(teahouse, f'1,2026-03-01,A,1,"{figure}",7\n', decimal="comma")

    assert order.net_minor == minor


@pytest.mark.parametrize("figure", ["(3.00)", "-3.00", "3.00-", "-£3.00", "£-3.00", "−3.00"])
def test_money_below_zero_is_money_given_back(teahouse, figure):
    bought = f"{HEADER}1,2026-03-01,A,1,3.00,7\n"

    imported = bring(teahouse, f'{bought}2,2026-03-02,A,1,"{figure}",7\n', ImportKind.ORDERS)

    assert imported.counts["refund_lines"] == 1
    assert imported.counts["unmatched_refund_lines"] == 0


@pytest.mark.parametrize("figure", ["12.5O", "l2", "1,2,3.4", "twelve", "1.2.3", "--5", "0x10"])
def test_what_is_no_money_is_refused(teahouse, figure):
    text = f'{HEADER}1,2026-03-01,A,1,"{figure}",7\n'

    imported = bring(teahouse, text, ImportKind.ORDERS, mapping={"amount": "amount"})

    assert imported.counts["refused_reasons"] == {"figure_unreadable": 1}
    assert not Order.objects.exists()


def test_a_workbook_has_dates_and_numbers_of_its_own(teahouse):
    book = openpyxl.Workbook()
    book.active.append(["order", "date", "sku", "qty", "amount", "customer id"])
    at = datetime(2026, 3, 1, 10, 30)  # noqa: DTZ001 - a workbook's times have no zone
    book.active.append([17, at, "A", 2, 12.5, 7])
    out = io.BytesIO()
    book.save(out)

    order = ordered_from(teahouse, out.getvalue())

    assert (order.number, order.net_minor) == ("17", 1250)
    assert order.occurred_at == datetime(2026, 3, 1, 10, 30, tzinfo=UTC)


def test_parquet_has_types_of_its_own_and_some_are_nested(teahouse):
    out = io.BytesIO()
    at = datetime(2026, 7, 1, 10, 30, tzinfo=UTC)
    columns = {
        "order": pa.array([17]), "date": pa.array([at], pa.timestamp("us", "UTC")),
        "sku": pa.array(["A"]).dictionary_encode(), "qty": [2.0],
        "amount": pa.array([Decimal("12.50")]), "customer id": pa.array([7], pa.int32()),
        "more": [{"gift": True, "notes": ["a", "b"]}],
    }  # fmt: skip
    pq.write_table(pa.table(columns), out)

    order = ordered_from(teahouse, out.getvalue())

    assert (order.number, order.net_minor, order.occurred_at) == ("17", 1250, at)


def ordered_from(brand, content):
    bring(brand, content, ImportKind.ORDERS)
    return Order.objects.get()


def test_a_sheet_may_be_named_and_one_that_is_not_there_is_not_guessed(teahouse):
    book = openpyxl.Workbook()
    book.active.title = "Notes"
    book.active.append(["nothing", "of interest"])
    page = book.create_sheet("Orders")
    page.append(["order", "date", "sku", "qty", "amount"])
    page.append([1, "2026-03-01", "A", 1, 5])
    out = io.BytesIO()
    book.save(out)

    with pytest.raises(FileRefused, match="Notes, Orders"):
        take_in(teahouse, out.getvalue(), wishes={"sheet": "Refunds"})
    with pytest.raises(ColumnMissing) as refused:
        bring(teahouse, out.getvalue(), ImportKind.ORDERS, wishes={"sheet": "Notes"})
    assert "The sheet Notes has: " in str(refused.value)
    assert "Other sheets that can be chosen (--sheet): Orders." in str(refused.value)
    bring(teahouse, out.getvalue(), ImportKind.ORDERS)  # Notes has but one row: it is a cover
    assert Order.objects.get().net_minor == 500
    bring(teahouse, out.getvalue(), ImportKind.ORDERS, wishes={"sheet": "Orders"})
    assert Order.objects.get().net_minor == 500
