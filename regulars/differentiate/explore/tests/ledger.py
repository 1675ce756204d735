"""A lake in memory with everything explore reads, written down order by order."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import ibis
import pyarrow as pa

from regulars.differentiate.explore.scope import Scope
from regulars.differentiate.metrics.facts import Facts
from regulars.differentiate.metrics.limits import DEFAULTS
from regulars.differentiate.metrics.measuring import measured
from regulars.differentiate.value.public import VALUES

DAY_0 = date(2025, 1, 1)
BRAND, OTHER_BRAND = 1, 2
KINDS = {"i": pa.int64(), "n": pa.int32(), "s": pa.string(), "d": pa.date32(), "f": pa.float64(),
         "b": pa.bool_(), "t": pa.timestamp("us", "UTC")}  # fmt: skip
COLUMNS = {
    "customers": "id:n brand_id:n canonical_id:n branch_id:n gender:s born_on:d language:s city:s "
    "region:s country:s source:s fields:s created_at:t revision:i",
    "products": "id:n brand_id:n sku:s name:s maker:s category:s goods:b cost_minor:i revision:i",
    "orders": "id:i brand_id:n customer_id:n branch_id:n channel:s coupon:s placed_on:d "
    "net_minor:i discount_minor:i revision:i",
    "lines": "id:i order_id:i brand_id:n customer_id:n placed_on:d product_id:n quantity:f "
    "amount_minor:i discount_minor:i revision:i",
    "refunds": "id:i brand_id:n order_id:i customer_id:n branch_id:n refunded_on:d "
    "amount_minor:i revision:i",
    "refund_lines": "id:i refund_id:i brand_id:n product_id:n amount_minor:i revision:i",
    "refund_matches": "id:i refund_line_id:i line_id:i order_id:i brand_id:n amount_minor:i "
    "revision:i",
}
FORESEEN = pa.schema(
    [("brand_id", KINDS["n"]), ("as_of", KINDS["d"]), ("customer_id", KINDS["n"]),
     ("alive", KINDS["f"]), ("expected_visits", KINDS["f"]), ("expected_value_minor", KINDS["i"])]
)  # fmt: skip
SCHEMAS = {
    table: pa.schema([(c.partition(":")[0], KINDS[c[-1]]) for c in columns.split()])
    for table, columns in COLUMNS.items()
}


def day(number: int) -> date:
    return DAY_0 + timedelta(days=number)


class InMemory:
    """What a Reading is to explore."""

    def __init__(self, connection: Any) -> None:
        self.connection = connection

    def table(self, name: str) -> Any:
        return self.connection.table(name)

    computed = table


@dataclass
class Ledger:
    """Facts by day number; amounts in minor units. A line is (product, quantity, amount)."""

    rows: dict[str, list[dict[str, Any]]] = field(
        default_factory=lambda: {name: [] for name in SCHEMAS}
    )

    values: dict[int, tuple[float | None, float | None, int | None]] = field(default_factory=dict)
    """What the value model foresees of customers: still there, visits, value."""

    def customer(self, number: int, *, alias_of: int | None = None, brand: int = BRAND,
                 **profile: Any) -> None:  # fmt: skip
        created = datetime.combine(day(-1000), time(), UTC)
        self._add("customers", id=number, canonical_id=alias_of or number, brand_id=brand,
                  created_at=created, **profile)  # fmt: skip

    def product(self, number: int, *, cost: int | None = None, goods: bool = True,
                category: str = "", maker: str = "", brand: int = BRAND) -> None:  # fmt: skip
        self._add("products", id=number, brand_id=brand, goods=goods, category=category,
                  cost_minor=cost, name=f"P{number}", maker=maker)  # fmt: skip

    def order(self, customer: int | None, on: int, lines: Sequence[tuple[int | None, float, int]],
              *, branch: int | None = None, channel: str = "", coupon: str = "",
              discount: int = 0, brand: int = BRAND) -> int:  # fmt: skip
        order = self._add(
            "orders", customer_id=customer, placed_on=day(on), branch_id=branch, channel=channel,
            coupon=coupon, net_minor=sum(amount for _, _, amount in lines), brand_id=brand,
            discount_minor=discount if lines else 0,
        )  # fmt: skip
        for at, (product, quantity, amount) in enumerate(lines):
            self._add(
                "lines", order_id=order, customer_id=customer, placed_on=day(on),
                product_id=product, quantity=quantity,
                amount_minor=amount, discount_minor=0 if at else discount, brand_id=brand,
            )  # fmt: skip
        return order

    def refund(self, of: int | None, on: int, amount: int, *, product: int | None = None,
               customer: int | None = None, branch: int | None = None, matched: int = 0,
               named: bool = False, brand: int = BRAND) -> None:  # fmt: skip
        """Give back an amount, of which ``matched`` undoes a part of an order."""
        refund = self._add(
            "refunds", customer_id=customer, refunded_on=day(on), amount_minor=amount,
            branch_id=branch, order_id=of if named else None, brand_id=brand,
        )  # fmt: skip
        line = self._add("refund_lines", refund_id=refund, product_id=product,
                         amount_minor=amount, brand_id=brand)  # fmt: skip
        if of is not None and matched:
            self._add("refund_matches", refund_line_id=line, order_id=of, amount_minor=matched,
                      brand_id=brand)  # fmt: skip

    @contextmanager
    def scope(self, *, on: int, branch_ids: frozenset[int] | None = None) -> Iterator[Scope]:
        """Look at brand 1 as of a day."""
        connection = ibis.duckdb.connect()
        for name, rows in self.rows.items():
            connection.create_table(name, pa.Table.from_pylist(rows, SCHEMAS[name]))
        ends_at = datetime.combine(day(on + 1), time(), UTC)
        facts = Facts(source=connection, brand_id=BRAND, as_of=day(on), ends_at=ends_at)
        with measured(facts, limits=DEFAULTS, currency="EUR") as found:
            kept = found.customers.to_pyarrow()
        there = {"brand_id": pa.scalar(BRAND, pa.int32()), "as_of": pa.scalar(day(on))}
        for name, value in there.items():
            kept = kept.append_column(name, pa.repeat(value, len(kept)))
        connection.create_table("customer_metrics", kept)
        foreseen = [
            {"brand_id": BRAND, "as_of": day(on), "customer_id": who, "alive": alive,
             "expected_visits": visits, "expected_value_minor": value}
            for who, (alive, visits, value) in self.values.items()
        ]  # fmt: skip
        connection.create_table(VALUES, pa.Table.from_pylist(foreseen, FORESEEN))
        yield Scope(facts=facts, kept=InMemory(connection), branch_ids=branch_ids)
        connection.disconnect()

    def _add(self, table: str, **row: Any) -> int:
        rows = self.rows[table]
        number = row.setdefault("id", len(rows) + 1)
        rows.append({**row, "revision": len(rows) + 1})
        return int(number)
