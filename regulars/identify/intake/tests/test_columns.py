"""Which column is which field: by header, neighbours, values, and what a person says."""

import pytest
from django.urls import reverse

from regulars.identify.commerce.public import Order
from regulars.identify.intake.mapping.guessing import guess
from regulars.identify.intake.mapping.kinds import FIELDS
from regulars.identify.intake.models import Import
from regulars.identify.intake.public import HeaderRepeated
from regulars.identify.intake.tests.conftest import take_in, work

REPEATED = "order,date,sku,price,Price,note,note\n1,2026-03-01,A,5,6,a,b\n"


@pytest.mark.parametrize(
    ("headers", "row", "expected"),
    [
        ("Order,Date,Sku,Name,Qty,Price,Email", "1,2026-03-01,A1,Tea,1,5,a@b.cn", "product"),
        ("Order,Date,Email,Name,Sku,Qty,Price", "1,2026-03-01,a@b.cn,Alice,A1,1,5", "name"),
        ("Name,Sku,Qty,Price,Order,Date", "Tea,A1,1,5,1,2026-03-01", "product"),
        ("Order,Date,Qty,Price,Name,Phone,City", "1,2026-03-01,1,5,Alice,07700,Bath", "name"),
        ("Order,Date,Description,Name,Price", "1,2026-03-01,Tea,Alice,5", "name"),
        ("Order,Date,Customer Name,Price,Name", "1,2026-03-01,Alice,5,Tea", "product"),
        ("Order,Date,Name,Total", "1,2026-03-01,Alice,5", "name"),
    ],
)
def test_a_name_is_that_of_a_product_beside_products_and_a_persons_beside_people(
    headers, row, expected
):
    found = guess(headers.split(","), [row.split(",")], FIELDS["orders"])

    other = {"name": "product", "product": "name"}[expected]
    assert found[expected] == "Name"
    assert found.get(other) != "Name"


def test_a_title_beside_a_persons_name_is_no_product():
    headers = ["order", "date", "title", "first name", "email", "price"]

    assert "product" not in guess(headers, [], FIELDS["orders"])
    assert guess(["order", "title", "price"], [], FIELDS["orders"])["product"] == "title"


def test_of_two_names_of_products_the_code_is_the_sku():
    rows = [["1", "T-100", "Oolong tea"], ["1", "T-200", "Tea pot"]]

    found = guess(["order", "item", "description"], rows, FIELDS["orders"])

    assert (found["sku"], found["product"]) == ("item", "description")


@pytest.mark.parametrize(
    ("cells", "expected"), [(["2", "4.50"], "quantity"), (["9.00", "4.50"], "amount"),
                            (["5", "5"], "amount")]
)  # fmt: skip
def test_an_amount_beside_a_price_is_a_count_where_it_counts(cells, expected):
    found = guess(["amount", "price"], [cells], FIELDS["orders"])

    assert found == {expected: "amount", "price": "price"}


def test_a_header_that_stands_twice_is_asked_about_unless_a_person_said_which(teahouse):
    with pytest.raises(HeaderRepeated, match=r'"price" \(4\), "Price" \(5\).*price of one'):
        take_in(teahouse, REPEATED)

    assert Import.objects.latest("pk").counts["ambiguous"] == {"price": ["price", "Price"]}
    work(take_in(teahouse, REPEATED, mapping={"price": "Price"}))
    assert Order.objects.get().net_minor == 600


def test_headers_alike_are_told_apart_by_a_number(teahouse):
    text = "order,date,sku,price,price,price\n1,2026-03-01,A,5,6,7\n"

    imported = work(take_in(teahouse, text, mapping={"price": "price (2)"}))

    assert imported.counts["columns"] == ["order", "date", "sku", "price", "price (2)", "price (3)"]
    assert Order.objects.get().net_minor == 600


def test_the_page_names_headers_that_stand_twice_and_chooses_none(sign_in, dan, teahouse):
    with pytest.raises(HeaderRepeated):
        take_in(teahouse, REPEATED)
    imported = Import.objects.get()
    address = reverse("intake:columns", args=["teahouse", imported.pk])

    client = sign_in(dan)
    page = client.get(address).content.decode()

    assert "&quot;price&quot; (4), &quot;Price&quot; (5): choose below" in page
    assert "&quot;note&quot; (6), &quot;note (2)&quot; (7): none of them is read" in page
    assert '<option value="price" selected>' not in page
    chosen = {"column-0": "number", "column-1": "at", "column-2": "sku", "column-4": "price"}
    assert client.post(address, chosen).status_code == 302
    imported.refresh_from_db()
    assert imported.mapping["price"] == "Price"


def test_a_column_that_is_named_and_holds_nonsense_is_read_and_its_rows_are_refused(bring_in):
    quantities = ["2", "-", "--5", "1.5.2", "abc", "5-", "", "1e3", "−5", "0"]
    rows = "".join(f"{n},2026-03-01,A,{told},5\n" for n, told in enumerate(quantities, start=1))

    counts = bring_in("order,date,sku,qty,price\n" + rows).counts

    assert counts["refused_reasons"] == {"figure_unreadable": 4, "quantity_zero": 1}
    assert (counts["orders"], counts["refunds"]) == (3, 2)  # nothing is one piece, 1e3 a thousand
