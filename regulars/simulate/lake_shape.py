"""The history in the shape of the lake's tables, for benches that need no database."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from regulars.simulate.arrays import Numbers
from regulars.simulate.history import History, Run
from regulars.simulate.purchases import STRANGER
from regulars.simulate.staff_fields import fields_as_json
from regulars.simulate.tables import channels, coupons, dates, instants, product_table

BRAND, REVISION = 1, 1


@dataclass(slots=True)
class LakeShape:
    """Numbers rows from 1 across the runs of one history."""

    history: History
    lines: int = 0
    refunds: int = 0
    refund_lines: int = 0

    def tables(self, run: Run) -> dict[str, pa.Table]:
        """Return the rows that a run adds to each table; refunds match where they came from."""
        tables = {
            "orders": _orders(self.history, run),
            "lines": _lines(run, first=self.lines + 1),
            **self._refunds(run),
        }
        self.lines += len(run.lines)
        self.refunds += len(tables["refunds"])
        self.refund_lines += len(run.refunds.line)
        return tables

    def _refunds(self, run: Run) -> dict[str, pa.Table]:
        order = run.lines.order[run.refunds.line]
        each, first, refund = np.unique(order, return_index=True, return_inverse=True)
        amount = np.bincount(refund, run.refunds.amount, len(each)).astype(np.int64)
        number = self.refunds + 1 + np.arange(len(each))
        return {
            "refunds": _refund_rows(self.history, run, each, first, number, amount),
            "refund_lines": _refund_line_rows(run, number[refund], first=self.refund_lines + 1),
            "refund_matches": _match_rows(
                run, order, line=self.lines + 1, first=self.refund_lines + 1
            ),
        }


def lake_customers(history: History, identity: pa.Table) -> pa.Table:
    """Return the customers without names and contacts, as the lake has them."""
    size = len(history.people)
    ids = pa.array(np.arange(1, size + 1, dtype=np.int32))
    plain = ("gender", "born_on", "language", "city", "region", "country", "source")
    filled = {
        name: identity[name] if name == "born_on" else pc.fill_null(identity[name], "")
        for name in plain
    }
    digits = pc.utf8_lpad(ids.cast(pa.string()), width=16, padding="0")
    return pa.table(
        {
            "id": ids,
            "brand_id": _constant(BRAND, size, pa.int32()),
            "public_id": pc.binary_join_element_wise("cus", digits, "_"),
            "canonical_id": ids,
            "branch_id": pa.array((history.people.branch + 1).astype(np.int32)),
            **filled,
            "fields": fields_as_json(history),
            "created_at": identity["joined_at"],
            "revision": _constant(REVISION, size, pa.int64()),
        }
    )


def lake_products(history: History) -> pa.Table:
    goods = product_table(history)
    size = len(goods)
    columns = {name: goods[name] for name in ("sku", "name", "maker", "category", "kind")}
    for name in ("price", "cost"):
        columns[f"{name}_minor"] = _in_minor_units(history, goods[name])
    return pa.table(
        {
            "id": pa.array(np.arange(1, size + 1, dtype=np.int32)),
            "brand_id": _constant(BRAND, size, pa.int32()),
            **columns,
            "goods": _constant(value=True, size=size, kind=pa.bool_()),
            "revision": _constant(REVISION, size, pa.int64()),
        }
    )


def lake_household(household: pa.Table) -> pa.Table:
    """Return the members of households without their names."""
    size = len(household)
    number = pc.utf8_slice_codeunits(household["member_number"], 2).cast(pa.int32())
    return pa.table(
        {
            "id": np.arange(1, size + 1),
            "customer_id": number,
            "brand_id": _constant(BRAND, size, pa.int32()),
            "kind": household["kind"],
            "species": pc.fill_null(household["species"], ""),
            "gender": pa.repeat(pa.scalar(""), size),
            "born_on": household["born_on"],
            "stage": pc.fill_null(household["stage"], ""),
            "revision": _constant(REVISION, size, pa.int64()),
        }
    )


def _in_minor_units(history: History, amounts: pa.ChunkedArray) -> pa.ChunkedArray:
    return pc.round(pc.multiply(amounts.cast(pa.float64()), 10.0**history.exponent)).cast(
        pa.int64()
    )


def _constant(value: int, size: int, kind: pa.DataType) -> pa.Array:
    return pa.repeat(pa.scalar(value, kind), size)


def _customer_ids(customer: Numbers) -> pa.Array:
    return pa.array((customer + 1).astype(np.int32), mask=customer == STRANGER)


def _orders(history: History, run: Run) -> pa.Table:
    orders, lines, size = run.orders, run.lines, len(run.orders)
    discount = np.bincount(lines.order, lines.discount, size).astype(np.int64)
    return pa.table(
        {
            "id": orders.number,
            "brand_id": _constant(BRAND, size, pa.int32()),
            "customer_id": _customer_ids(orders.customer),
            "branch_id": (run.branch + 1).astype(np.int32),
            "channel": channels(run.online),
            "occurred_at": instants(orders.at),
            "placed_on": dates(run.day),
            "currency": pa.array([history.shop.currency]).take(_constant(0, size, pa.int32())),
            "net_minor": orders.value,
            "discount_minor": discount,
            "shipping_minor": run.shipping,
            "tax_minor": run.tax,
            "coupon": coupons(history, run.promotion),
            "revision": _constant(REVISION, size, pa.int64()),
        }
    )


def _lines(run: Run, *, first: int) -> pa.Table:
    lines, size = run.lines, len(run.lines)
    return pa.table(
        {
            "id": np.arange(first, first + size),
            "order_id": run.orders.number[lines.order],
            "brand_id": _constant(BRAND, size, pa.int32()),
            "customer_id": _customer_ids(run.orders.customer[lines.order]),
            "placed_on": dates(run.day[lines.order]),
            "product_id": (lines.good + 1).astype(np.int32),
            "quantity": lines.quantity,
            "amount_minor": lines.amount,
            "discount_minor": lines.discount,
            "revision": _constant(REVISION, size, pa.int64()),
        }
    )


def _refund_rows(
    history: History, run: Run, order: Numbers, line: Numbers, number: Numbers, amount: Numbers
) -> pa.Table:
    at, size = run.refunds.at[line], len(order)
    return pa.table(
        {
            "id": number,
            "brand_id": _constant(BRAND, size, pa.int32()),
            "order_id": pa.array(run.orders.number[order], mask=~run.refunds.referenced[line]),
            "customer_id": _customer_ids(run.orders.customer[order]),
            "branch_id": (run.branch[order] + 1).astype(np.int32),
            "occurred_at": instants(at),
            "refunded_on": dates(history.hours.local_day(at)),
            "currency": pa.array([history.shop.currency]).take(_constant(0, size, pa.int32())),
            "amount_minor": amount,
            "revision": _constant(REVISION, size, pa.int64()),
        }
    )


def _refund_line_rows(run: Run, refund: Numbers, *, first: int) -> pa.Table:
    size = len(refund)
    return pa.table(
        {
            "id": np.arange(first, first + size),
            "refund_id": refund,
            "brand_id": _constant(BRAND, size, pa.int32()),
            "product_id": (run.lines.good[run.refunds.line] + 1).astype(np.int32),
            "quantity": run.refunds.quantity,
            "amount_minor": run.refunds.amount,
            "revision": _constant(REVISION, size, pa.int64()),
        }
    )


def _match_rows(run: Run, order: Numbers, *, line: int, first: int) -> pa.Table:
    size = len(order)
    return pa.table(
        {
            "id": np.arange(first, first + size),
            "refund_line_id": np.arange(first, first + size),
            "line_id": line + run.refunds.line,
            "order_id": run.orders.number[order],
            "brand_id": _constant(BRAND, size, pa.int32()),
            "quantity": run.refunds.quantity,
            "amount_minor": run.refunds.amount,
            "revision": _constant(REVISION, size, pa.int64()),
        }
    )
