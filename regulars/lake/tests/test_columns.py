"""Every column of every mirrored table is in the lake what it is in the database."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from regulars.identify.commerce.public import (
    Line,
    Order,
    Product,
    Refund,
    RefundLine,
    RefundMatch,
)
from regulars.identify.customers.public import Customer, HouseholdMember, Identifier
from regulars.identify.timeline.public import Event
from regulars.lake.public import Reading, catch_up, mirrors, reading
from regulars.lake.tests.facts import ROWS, odd_facts

Made = dict[str, Callable[[Any], object]]

QUANTITY: Made = {"quantity": lambda row: float(row.quantity)}
TABLES: dict[str, tuple[Any, Made]] = {
    "customers": (
        Customer,
        {"canonical_id": lambda row: row.canonical_id or row.id},
    ),
    "identifiers": (Identifier, {}),
    "household": (HouseholdMember, {"brand_id": lambda row: row.customer.brand_id}),
    "products": (Product, {}),
    "orders": (Order, {}),
    "lines": (Line, {"brand_id": lambda row: row.order.brand_id, **QUANTITY}),
    "refunds": (Refund, {}),
    "refund_lines": (RefundLine, {"brand_id": lambda row: row.refund.brand_id, **QUANTITY}),
    "refund_matches": (
        RefundMatch,
        {
            "order_id": lambda row: row.line.order_id,
            "brand_id": lambda row: row.line.order.brand_id,
            **QUANTITY,
        },
    ),
    "events": (Event, {}),
}
JSON = {"fields", "properties"}


def in_the_lake(table: str, lake: Reading) -> list[dict[str, object]]:
    rows = lake.table(table).to_pyarrow().to_pylist()
    key = mirrors()[table].key
    for row in rows:
        row.update({name: json.loads(row[name]) for name in JSON & set(row)})
    return sorted(rows, key=lambda row: row[key])


def in_the_database(table: str) -> list[dict[str, object]]:
    model, made = TABLES[table]
    columns = mirrors()[table].schema.names
    return [
        {name: made[name](row) if name in made else getattr(row, name) for name in columns}
        for row in model.objects.order_by("pk")
    ]


def test_no_mirrored_table_is_left_out_here():
    assert set(TABLES) == set(mirrors())


@pytest.mark.usefixtures("lake")
def test_every_column_of_every_table_is_the_same_in_the_lake(teahouse, soho):
    odd_facts(teahouse, soho)
    snapshot = catch_up()
    with reading(snapshot=snapshot) as lake:
        for table in TABLES:
            kept = in_the_lake(table, lake)
            assert kept == in_the_database(table), table
            assert len(kept) == ROWS
