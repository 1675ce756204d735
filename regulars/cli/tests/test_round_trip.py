"""The customers Regulars exports come in again as themselves."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from regulars.cli.tests.test_imports import data, run, said
from regulars.differentiate.metrics.public import Wanted, compute, export_customers
from regulars.identify.customers.public import (
    Customer,
    Identifier,
    define_field,
    fields_of,
    fill_in,
)
from regulars.lake.public import catch_up
from regulars.organization.public import Branch, Brand
from tests.people import NOW, make_customer, make_order

__all__ = ["data"]
pytestmark = pytest.mark.django_db
FIELDS = {
    "Shoe size": ("number", "41.5"),
    "Vegan": ("yes_no", "yes"),
    "Since": ("date", "2024-02-29"),
    "City": ("text", "0042, = not a city"),
}


@pytest.fixture
def shop(
    lake: Path, data: Path, teahouse: Brand, alice: Customer, dawei: Customer, camden: Branch
) -> Brand:
    """People with and without identifiers, of names in two scripts, and fields of staff."""
    for label, (kind, _) in FIELDS.items():
        define_field(brand=teahouse, label=label, kind=kind, by=None, now=NOW)
    keys = {field.label: field.key for field in fields_of(brand=teahouse)}
    texts = {keys[label]: text for label, (_, text) in FIELDS.items()}
    fill_in(customer=alice, texts=texts, by=None, now=NOW)
    make_order(brand=teahouse, customer=alice, at=NOW - timedelta(days=9))
    make_customer(brand=teahouse, name="=HYPERLINK(1)", branch=camden)
    make_customer(brand=teahouse, name="")
    catch_up()
    compute(brand=teahouse, as_of=NOW.date())
    return teahouse


def exported(brand: Brand, to: Path, **wanted: Any) -> Path:
    export_customers(Wanted(brand=brand, as_of=NOW.date(), **wanted), to=to)
    return to


def people() -> list[Any]:
    return [list(model.objects.order_by("pk").values()) for model in (Customer, Identifier)]


@pytest.mark.parametrize("ending", ["csv", "xlsx", "parquet"])
def test_an_export_brought_in_again_changes_nothing(shop: Brand, data: Path, ending: str) -> None:
    path, before = exported(shop, data / f"people.{ending}"), people()

    told = said("customers", str(path), "--brand", "teahouse")

    everybody = Customer.objects.filter(brand=shop).count()
    assert (told["unchanged_customers"], told["changed_customers"]) == (everybody, 0)
    assert (told["new_customers"], told["refused"]) == (0, 0)
    assert people() == before


def test_metrics_are_not_read_and_the_note_says_so(shop: Brand, data: Path) -> None:
    path = exported(shop, data / "people.csv")

    result = run("customers", str(path), "--brand", "teahouse", "--dry-run")

    [note] = [line for line in result.stdout.splitlines() if line.startswith("Not read: ")]
    left_out = set(note.removeprefix("Not read: ").removesuffix(".").split(", "))
    assert {"visits", "net", "cell", "source"} <= left_out
    assert not {"public_id", "field_vegan"} & left_out


def test_what_was_put_right_in_the_file_is_changed_and_nothing_else(
    shop: Brand, alice: Customer, data: Path
) -> None:
    path = exported(shop, data / "people.csv")
    text = path.read_text(encoding="utf-8-sig")
    path.write_text(text.replace("Alice Moreau", "Alice Martin"))

    told = said("customers", str(path), "--brand", "teahouse")

    assert (told["changed_customers"], told["new_customers"]) == (1, 0)
    alice.refresh_from_db()
    assert alice.name == "Alice Martin"


def test_what_is_masked_overwrites_nothing_and_identifies_nobody_new(
    shop: Brand, data: Path
) -> None:
    path, before = exported(shop, data / "people.csv", named_at=frozenset()), people()

    told = said("customers", str(path), "--brand", "teahouse")

    assert told["changed_customers"] == told["new_customers"] == 0
    assert people() == before


def test_another_brand_recognizes_nobody_by_an_id_of_this_one(
    shop: Brand, bakery: Brand, data: Path
) -> None:
    path = exported(shop, data / "people.csv")

    told = json.loads(run("customers", str(path), "--brand", "bakery", "--json").stdout)

    known = Identifier.objects.filter(brand=shop).values("customer").distinct().count()
    assert told["new_customers"] == known
    assert told["refused_reasons"] == {"nobody": 2}
    assert Customer.objects.filter(brand=shop, name="Alice Moreau").count() == 1
