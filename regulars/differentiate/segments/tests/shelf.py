"""A lake in memory, put together fact by fact, for tests of segments without a database."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import ibis
import pyarrow as pa

from regulars.differentiate.metrics.public import METRICS as DECLARED
from regulars.differentiate.segments.ground import Ground
from regulars.differentiate.segments.values import ValueKind, subject_of
from regulars.identify.commerce.mirror import (
    lines,
    orders,
    products,
    refund_lines,
    refund_matches,
    refunds,
)
from regulars.identify.customers.mirror import customers, household, identifiers
from regulars.identify.timeline.mirror import events
from regulars.organization.public import Brand

MIRRORS = (
    lines, orders, products, refund_lines, refund_matches, refunds, customers, household,
    identifiers, events,
)  # fmt: skip
BRAND, OTHER_BRAND = 1, 2
TYPES = {
    ValueKind.NUMBER: pa.float64(), ValueKind.MONEY: pa.int64(), ValueKind.CHOICE: pa.string(),
    ValueKind.DAY: pa.date32(), ValueKind.YES_NO: pa.bool_(),
}  # fmt: skip
METRICS = pa.schema(
    [
        ("customer_id", pa.int32()),
        ("brand_id", pa.int32()),
        ("as_of", pa.date32()),
        *((metric.key, TYPES[subject_of(metric).kind]) for metric in DECLARED.values()),
    ]
)
VALUES = pa.schema(
    [
        ("customer_id", pa.int32()),
        ("brand_id", pa.int32()),
        ("as_of", pa.date32()),
        *((name, pa.float64()) for name in ("alive", "expected_visits", "dearer_share")),
        *((name, pa.int64()) for name in (
            "expected_value_minor", "at_stake_minor", "past_profit_minor",
            "expected_profit_minor", "lifetime_minor", "refund_minor",
        )),
        *((name, pa.date32()) for name in ("next_visit_on", "act_on", "gone_on")),
        ("churn_state", pa.string()),
    ]
)  # fmt: skip
KINDS = {pa.string(): "", pa.int64(): 0, pa.float64(): 0.0, pa.bool_(): False}


class Shelf:
    """Rows by table. What a row does not say is empty."""

    def __init__(self, *, today: date, zone: str = "UTC") -> None:
        self.today = today
        self.brand = Brand(pk=BRAND, timezone=zone, currency="EUR", slug="shelf")
        self.schemas = {mirror.table: mirror.schema for mirror in MIRRORS}
        self.rows: dict[str, list[dict[str, Any]]] = {name: [] for name in self.schemas}
        self.metrics: list[dict[str, Any]] = []
        self.values: list[dict[str, Any]] = []
        self.opened: _Opened | None = None

    def add(self, table: str, **row: Any) -> int:
        number = len(self.rows[table]) + 1
        key = "sequence" if table == "events" else "id"
        told = {key: number, "brand_id": BRAND, "revision": number, **row}
        self.rows[table].append(told)
        return int(told[key])

    def customer(self, number: int, *, alias_of: int | None = None, **row: Any) -> None:
        made = datetime(2024, 1, 1, tzinfo=UTC)
        told = {"created_at": made, "canonical_id": alias_of or number, "fields": "{}", **row}
        self.add("customers", id=number, **told)

    def order(
        self, customer: int | None, at: datetime, *bought: tuple[int, float, int], **more: Any
    ) -> int:
        """An order of lines given as product, quantity and amount; each was a tenth dearer."""
        day = at.astimezone(self.brand.zone).date()
        amount = sum(line[2] for line in bought)
        order = self.add(
            "orders", customer_id=customer, occurred_at=at, placed_on=day, net_minor=amount,
            currency="EUR", discount_minor=sum(line[2] // 10 for line in bought), **more,
        )  # fmt: skip
        for product, quantity, minor in bought:
            self.add("lines", order_id=order, customer_id=customer, placed_on=day,
                     product_id=product, quantity=quantity, amount_minor=minor,
                     discount_minor=minor // 10)  # fmt: skip
        return order

    def refund(self, line: int, on: date, quantity: float, amount: int) -> None:
        """Give back a part of a line."""
        order = self.rows["lines"][line - 1]["order_id"]
        who = self.rows["orders"][order - 1]["customer_id"]
        at = datetime.combine(on, time(12), UTC)
        refund = self.add("refunds", customer_id=who, occurred_at=at, refunded_on=on,
                          amount_minor=amount)  # fmt: skip
        row = self.add("refund_lines", refund_id=refund, quantity=quantity, amount_minor=amount)
        self.add("refund_matches", refund_line_id=row, line_id=line, order_id=order,
                 quantity=quantity, amount_minor=amount)  # fmt: skip

    def ground(self, *, now: datetime | None = None, **more: Any) -> Ground:
        instant = now or datetime.combine(self.today + timedelta(1), time(), self.brand.zone)
        told = {"measured_on": self.today, **more}
        if self.opened is None:
            self.opened = _Opened(self)
        return Ground(self.opened, brand=self.brand, day=self.today, now=instant, **told)


class _Opened:
    """The tables of a shelf as the lake gives them."""

    def __init__(self, shelf: Shelf) -> None:
        self._connection = ibis.duckdb.connect(threads=1)
        self._connection.raw_sql("SET TimeZone = 'UTC'")
        for name, table in tables_of(shelf).items():
            self._connection.create_table(name, table)

    def table(self, name: str) -> ibis.Table:
        return self._connection.table(name)

    computed = table


def tables_of(shelf: Shelf) -> dict[str, pa.Table]:
    """Return everything on a shelf as columns."""
    found = {name: _table(shelf.rows[name], schema) for name, schema in shelf.schemas.items()}
    computed = {
        "customer_metrics": (shelf.metrics, METRICS),
        "customer_value": (shelf.values, VALUES),
    }
    for name, (rows, schema) in computed.items():
        told = [{"brand_id": BRAND, "as_of": shelf.today, **row} for row in rows]
        found[name] = _table(told, schema, keep=True)
    return found


def _table(rows: list[dict[str, Any]], schema: pa.Schema, *, keep: bool = False) -> pa.Table:
    def value(row: dict[str, Any], name: str) -> Any:
        empty = None if keep or "_id" in name else KINDS.get(schema.field(name).type)
        return row.get(name, empty)

    told = [{name: value(row, name) for name in schema.names} for row in rows]
    return pa.Table.from_pylist(told, schema)
