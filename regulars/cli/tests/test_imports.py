"""``regulars import``: files of customers, products and orders, and what it says of them."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from regulars.cli.console import Refused
from regulars.cli.imports import app
from regulars.identify.commerce.public import Order, Product
from regulars.identify.customers.public import Customer
from regulars.identify.intake.tests import test_presets
from regulars.organization.public import Brand

pytestmark = pytest.mark.django_db
TAOBAO = next(shop for shop in test_presets.SHOPS if shop.preset == "taobao")


@pytest.fixture(autouse=True)
def data(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    settings.REGULARS_DATA = tmp_path
    for apart in ("ensure_migrated", "mirror_now"):
        monkeypatch.setattr(f"regulars.cli.imports.{apart}", lambda: None)
    return tmp_path


def file(folder: Path, name: str, content: str | bytes) -> str:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return str(path)


def run(*words: str) -> Result:
    return CliRunner().invoke(app, list(words))


def said(*words: str) -> dict[str, Any]:
    result = run(*words, "--json")
    assert result.exit_code == 0, result.output
    told: dict[str, Any] = json.loads(result.stdout)
    return told


def test_a_new_brand_takes_money_and_clock_from_an_export_that_is_known(data: Path) -> None:
    path = file(data, "orders.csv", test_presets.exported(TAOBAO))

    told = said("orders", path, "--brand", "chashe")

    brand = Brand.objects.get(slug="chashe")
    assert (brand.currency, brand.timezone) == ("CNY", "Asia/Shanghai")
    assert told["orders"] == Order.objects.count() == TAOBAO.orders
    assert {"lines", "customers", "products", "refund_lines", "unmatched_refund_lines", "refused",
            "seconds"} <= set(told)  # fmt: skip


def test_customers_and_products_come_in_the_same_way(data: Path, teahouse: Brand) -> None:
    people = file(data, "people.csv", "email,name\nalice@example.net,Alice\nnobody,Bob\n")
    teas = file(data, "teas.csv", "sku;name;price\nA;Tea;4,50\n")

    assert said("customers", people, "--brand", "teahouse")["refused_reasons"] == {"nobody": 1}
    assert said("products", teas, "--brand", "teahouse")["new_products"] == 1
    assert Customer.objects.get().name == "Alice"
    assert Product.objects.get().price_minor == 450


def test_an_ambiguous_date_is_asked_about(data: Path, teahouse: Brand) -> None:
    path = file(data, "o.csv", "order,date,price\n1,03/04/2026,5\n")

    result = run("orders", path, "--brand", "teahouse")

    assert isinstance(result.exception, Refused)
    assert "--dates day-first or --dates month-first" in str(result.exception)
    assert said("orders", path, "--brand", "teahouse", "--dates", "day-first")["orders"] == 1


def test_a_file_that_is_refused_makes_no_brand(data: Path) -> None:
    result = run("orders", file(data, "o.csv", b""), "--brand", "new")

    assert isinstance(result.exception, Refused)
    assert not Brand.objects.exists()


def test_the_columns_are_shown_with_what_stands_in_them(data: Path, teahouse: Brand) -> None:
    path = file(data, "o.csv", "Bestellung;order;date;price;note\n;7;2026-03-01;5;hello\n")

    result = run("orders", path, "--brand", "teahouse", "--dry-run")
    told = said("orders", path, "--brand", "teahouse", "--dry-run")

    assert ["number", "order", "7"] in [line.split() for line in result.stdout.splitlines()]
    assert "Not read: Bestellung, note." in result.stdout
    assert "Nothing was written. There are 1 lines: 1 orders (1 new)" in result.stdout
    assert told["columns"]["price"] == {"column": "price", "first_value": "5"}
    assert not Order.objects.exists()


def test_the_refused_rows_are_a_file_whose_path_is_told(data: Path, teahouse: Brand) -> None:
    path = file(data, "o.csv", "order,date,sku,price\n1,2026-03-01,A,5\n2,2026-03-01,B,-\n")

    told = said("orders", path, "--brand", "teahouse")

    assert "There is neither a price nor an amount" in Path(told["rejects"]).read_text()
    good = file(data, "good.csv", "order,date,sku,price\n1,2026-03-01,A,5\n")
    assert said("orders", good, "--brand", "teahouse")["rejects"] is None
