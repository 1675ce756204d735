from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from regulars.identify.commerce.models import Product
from regulars.identify.commerce.public import (
    GivenBack,
    Purchase,
    Return,
    Sold,
    record_order,
    record_refund,
    sales_of,
)
from regulars.lake.public import catch_up, reading
from tests.cast import make_branch, make_brand
from tests.people import NOW, make_customer, make_order


def test_sales_of_a_product_leave_out_what_came_back(lake: Path) -> None:
    brand, other = make_brand(slug="one"), make_brand(slug="two")
    soho = make_branch(brand=brand, code="soho")
    ann, ben = make_customer(brand=brand), make_customer(brand=brand)
    first = make_order(
        brand=brand, customer=ann, lines=[("tea", 3, 3000), ("cup", 1, 900)], branch=soho
    )
    make_order(brand=brand, customer=ann, lines=[("tea", 1, 1000)], at=NOW - timedelta(days=60))
    make_order(brand=brand, customer=ben, lines=[("tea", 1, 1000)])
    make_order(brand=brand, lines=[("tea", 1, 1000)])
    make_order(brand=other, lines=[("tea", 9, 9000)])
    told = Return(
        source="till",
        number="R-1",
        occurred_at=NOW,
        order_id=first.pk,
        lines=[GivenBack(sku="tea", quantity=Decimal(2))],
    )
    record_refund(brand=brand, refund=told, by=None, now=NOW)
    tea = Product.objects.get(brand=brand, sku="tea").pk
    assert sales_of(brand=brand, product_id=tea) is None
    catch_up()
    sales = sales_of(brand=brand, product_id=tea)
    assert sales is not None
    assert (sales.quantity, sales.returned, sales.net_minor) == (6, 2, 4000)
    assert (sales.orders, sales.buyers) == (4, 2)
    assert sales.last_on == date(2025, 11, 20)
    assert [(m.begins_on, m.quantity, m.net_minor) for m in sales.months] == [
        (date(2025, 9, 1), 1, 1000),
        (date(2025, 11, 1), 3, 3000),
    ]
    here = sales_of(brand=brand, product_id=tea, branch_ids=frozenset({soho.pk}))
    assert here is not None
    assert (here.quantity, here.returned, here.net_minor) == (3, 2, 1000)


def test_a_product_nobody_bought_has_no_sales(lake: Path) -> None:
    brand = make_brand(slug="one")
    make_order(brand=brand, lines=[("tea", 1, 1000)])
    catch_up()
    sales = sales_of(brand=brand, product_id=999_999)
    assert sales is not None
    assert (sales.quantity, sales.net_minor, sales.buyers, sales.last_on) == (0, 0, 0, None)
    assert sales.months == ()


def test_lines_in_the_lake_say_whose_they_are_and_of_which_day(lake: Path) -> None:
    brand = make_brand(slug="one")
    ann = make_customer(brand=brand)
    told = Purchase(
        source="till",
        number="T-1",
        occurred_at=NOW,
        lines=[Sold(sku=sku, quantity=Decimal(1), amount_minor=900) for sku in ("tea", "cup")],
    )
    record_order(brand=brand, purchase=told, by=None, now=NOW)
    catch_up()
    assert _whose_and_when() == {(None, NOW.date())}
    later = replace(told, customer_id=ann.pk, occurred_at=NOW + timedelta(days=3))
    record_order(brand=brand, purchase=later, by=None, now=NOW)
    catch_up()
    assert _whose_and_when() == {(ann.pk, NOW.date() + timedelta(days=3))}


def _whose_and_when() -> set[tuple[int | None, date]]:
    with reading() as opened:
        lines = opened.table("lines").to_pyarrow().to_pylist()
    assert len(lines) == 2
    return {(line["customer_id"], line["placed_on"]) for line in lines}
