"""A lake in memory, written down order by order, for tests of the metrics."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

import ibis
import pyarrow as pa

from regulars.differentiate.metrics.facts import Facts
from regulars.differentiate.metrics.limits import DEFAULTS, Limits
from regulars.differentiate.metrics.measuring import Measures, measured

DAY_0 = date(2025, 1, 1)
BRAND, OTHER_BRAND = 1, 2
instant = pa.timestamp("us", "UTC")

SCHEMAS = {
    "customers": pa.schema(
        [
            ("id", pa.int32()),
            ("brand_id", pa.int32()),
            ("canonical_id", pa.int32()),
            ("branch_id", pa.int32()),
            ("created_at", instant),
            ("revision", pa.int64()),
        ]
    ),
    "orders": pa.schema(
        [
            ("id", pa.int64()),
            ("brand_id", pa.int32()),
            ("customer_id", pa.int32()),
            ("branch_id", pa.int32()),
            ("placed_on", pa.date32()),
            ("net_minor", pa.int64()),
            ("discount_minor", pa.int64()),
            ("revision", pa.int64()),
        ]
    ),
    "refunds": pa.schema(
        [
            ("id", pa.int64()),
            ("brand_id", pa.int32()),
            ("customer_id", pa.int32()),
            ("branch_id", pa.int32()),
            ("refunded_on", pa.date32()),
            ("amount_minor", pa.int64()),
            ("revision", pa.int64()),
        ]
    ),
    "refund_lines": pa.schema(
        [
            ("id", pa.int64()),
            ("refund_id", pa.int64()),
            ("brand_id", pa.int32()),
            ("amount_minor", pa.int64()),
            ("revision", pa.int64()),
        ]
    ),
    "refund_matches": pa.schema(
        [
            ("id", pa.int64()),
            ("refund_line_id", pa.int64()),
            ("order_id", pa.int64()),
            ("brand_id", pa.int32()),
            ("amount_minor", pa.int64()),
            ("revision", pa.int64()),
        ]
    ),
}


def day(number: int) -> date:
    return DAY_0 + timedelta(days=number)


@dataclass
class Ledger:
    """Orders and refunds by day number; amounts in minor units."""

    rows: dict[str, list[dict[str, Any]]] = field(
        default_factory=lambda: {name: [] for name in SCHEMAS}
    )

    def customer(
        self, number: int, *, alias_of: int | None = None, branch: int | None = None,
        brand: int = BRAND, since: int = -1000,
    ) -> int:  # fmt: skip
        created = datetime.combine(day(since), datetime.min.time(), UTC)
        self._add(
            "customers", id=number, canonical_id=alias_of or number, branch_id=branch,
            created_at=created, brand_id=brand,
        )  # fmt: skip
        return number

    def order(
        self, customer: int | None, on: int, amount: int, *, discount: int = 0, brand: int = BRAND,
        branch: int | None = None,
    ) -> int:  # fmt: skip
        return self._add(
            "orders", customer_id=customer, placed_on=day(on), net_minor=amount, branch_id=branch,
            discount_minor=discount, brand_id=brand,
        )  # fmt: skip

    def refund(
        self, customer: int | None, on: int, amount: int, *, of: Sequence[tuple[int, int]] = (),
        brand: int = BRAND,
    ) -> int:  # fmt: skip
        """Give back an amount, of which ``of`` undoes parts of orders; the rest is unmatched."""
        refund = self._add(
            "refunds", customer_id=customer, refunded_on=day(on), amount_minor=amount,
            branch_id=None, brand_id=brand,
        )  # fmt: skip
        line = self._add("refund_lines", refund_id=refund, amount_minor=amount, brand_id=brand)
        for order, part in of:
            self._add(
                "refund_matches", refund_line_id=line, order_id=order, amount_minor=part,
                brand_id=brand,
            )  # fmt: skip
        return refund

    def visits(self, customer: int, *days: int, amount: int = 1000) -> None:
        """A customer who buys on these days."""
        self.customer(customer)
        for on in days:
            self.order(customer, on, amount)

    def facts(self, *, on: int) -> Facts:
        connection = ibis.duckdb.connect()
        for name, rows in self.rows.items():
            connection.create_table(name, pa.Table.from_pylist(rows, SCHEMAS[name]))
        ends_at = datetime.combine(day(on + 1), datetime.min.time(), UTC)
        return Facts(source=connection, brand_id=BRAND, as_of=day(on), ends_at=ends_at)

    @contextmanager
    def measured(self, *, on: int, limits: Limits = DEFAULTS) -> Iterator[Measures]:
        with measured(self.facts(on=on), limits=limits, currency="EUR") as found:
            yield found

    def people(self, *, on: int, limits: Limits = DEFAULTS) -> dict[int, dict[str, Any]]:
        with self.measured(on=on, limits=limits) as found:
            rows = found.customers.to_pyarrow().to_pylist()
        return {row["customer_id"]: row for row in rows}

    def _add(self, table: str, **row: Any) -> int:
        rows = self.rows[table]
        number = row.setdefault("id", len(rows) + 1)
        rows.append({**row, "revision": len(rows) + 1})
        return int(number)
