"""Compare what the lake shows with what the database holds."""

import json
from collections.abc import Callable
from typing import Any

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
from regulars.lake.public import Snapshot, mirrors, reading

Made = dict[str, Callable[[Any], object]]
Rows = list[dict[str, object]]

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
    "lines": (
        Line,
        {
            "brand_id": lambda row: row.order.brand_id,
            "customer_id": lambda row: row.order.customer_id,
            "placed_on": lambda row: row.order.placed_on,
            **QUANTITY,
        },
    ),
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


def in_the_lake(table: str, *, snapshot: Snapshot | None = None) -> Rows:
    with reading(snapshot=snapshot) as lake:
        rows = lake.table(table).to_pyarrow().to_pylist()
    for row in rows:
        row.update({name: json.loads(row[name]) for name in JSON & set(row)})
    return sorted(rows, key=lambda row: row[mirrors()[table].key])


def in_the_database(table: str) -> Rows:
    model, made = TABLES[table]
    columns = mirrors()[table].schema.names
    return [
        {name: made[name](row) if name in made else getattr(row, name) for name in columns}
        for row in model.objects.order_by("pk")
    ]


def assert_same(*tables: str) -> None:
    """Assert that the lake's newest state is what the database holds, row by row."""
    for table in tables or TABLES:
        assert in_the_lake(table) == in_the_database(table), table
