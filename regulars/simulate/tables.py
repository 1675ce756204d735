"""The history as a shop's own systems would hand it over: goods, and sales by the item."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from regulars.simulate.arrays import Flags, Numbers
from regulars.simulate.history import History, Run
from regulars.simulate.identity import member_numbers
from regulars.simulate.purchases import STRANGER

CONSUMABLE, DURABLE = "consumable", "durable"
STORE, WEB = "store", "web"


def product_table(history: History) -> pa.Table:
    """Return one row a product, in the order of the shelf; prices are in main units."""
    goods, unit = history.shop.goods, 10**history.exponent
    told = [history.shop.price_in_the_end(good) for good in goods]
    price, cost = (
        np.array([round(amount * unit) for amount in amounts], dtype=np.int64)
        for amounts in (told, [good.cost for good in goods])
    )
    return pa.table(
        {
            "sku": [good.sku for good in goods],
            "name": [good.name for good in goods],
            "maker": [good.maker for good in goods],
            "category": [good.category for good in goods],
            "price": money(history, price),
            "cost": money(history, cost),
            "kind": [CONSUMABLE if good.consumable else DURABLE for good in goods],
        }
    )


def sales_table(history: History, run: Run) -> pa.Table:
    """Return one row an item sold or given back; a refund has negative quantity and amount.

    ``refund_of`` names the order a refund belongs to, where the shop noted it. ``amount`` is after
    ``line_discount``; ``shipping`` and ``tax`` are those of the whole order. All are in main units.
    """
    return pa.concat_tables([_sold(history, run), _given_back(history, run)])


def order_numbers(history: History, number: Numbers) -> pa.Array:
    return _labelled(history.shop.slug[:1].upper(), number)


def refund_numbers(history: History, number: Numbers) -> pa.Array:
    return _labelled(f"{history.shop.slug[:1].upper()}R", number)


def money(history: History, minor: Numbers) -> pa.Array:
    """Turn minor units into an Arrow column of decimals in main units."""
    halves = np.stack([minor, minor >> 63], axis=1)  # 128 bits, the lower half first
    kind = pa.decimal128(18, history.exponent)
    return pa.Decimal128Array.from_buffers(kind, len(minor), [None, pa.py_buffer(halves)])


def instants(seconds: Numbers) -> pa.Array:
    """Turn seconds since 1970 into an Arrow column."""
    return pa.array(seconds * 1_000_000, pa.timestamp("us", "UTC"))


def dates(day: Numbers) -> pa.Array:
    """Turn days since 1970 into an Arrow column."""
    return pa.array(day.astype(np.int32), pa.int32()).cast(pa.date32())


def coupons(history: History, promotion: Numbers) -> pa.Array:
    codes = [*(promotion.code for promotion in history.shop.promotions), ""]
    return pa.array(codes).take(pa.array(np.where(promotion < 0, len(codes) - 1, promotion)))


def channels(online: Numbers) -> pa.Array:
    return pa.array([STORE, WEB]).take(pa.array(online))


def _sold(history: History, run: Run) -> pa.Table:
    order, orders = run.lines.order, run.orders
    return pa.table(
        {
            "order_number": order_numbers(history, orders.number[order]),
            "ordered_at": instants(orders.at[order]),
            **_circumstances(history, run, order),
            "coupon": coupons(history, run.promotion[order]),
            "shipping": money(history, run.shipping[order]),
            "tax": money(history, run.tax[order]),
            **_goods(history, run.lines.good),
            "quantity": run.lines.quantity,
            "amount": money(history, run.lines.amount),
            "line_discount": money(history, run.lines.discount),
            "refund_of": pa.nulls(len(order), pa.string()),
        }
    )


def _given_back(history: History, run: Run) -> pa.Table:
    refunds, orders = run.refunds, run.orders
    order = run.lines.order[refunds.line]
    nothing = money(history, np.zeros(len(order), dtype=np.int64))
    original = order_numbers(history, orders.number[order])
    return pa.table(
        {
            "order_number": refund_numbers(history, orders.number[order]),
            "ordered_at": instants(refunds.at),
            **_circumstances(history, run, order),
            "coupon": pa.array([""] * len(order), pa.string()),
            "shipping": nothing,
            "tax": nothing,
            **_goods(history, run.lines.good[refunds.line]),
            "quantity": -refunds.quantity,
            "amount": money(history, -refunds.amount),
            "line_discount": nothing,
            "refund_of": _where(refunds.referenced, original),
        }
    )


def _circumstances(history: History, run: Run, order: Numbers) -> dict[str, pa.Array]:
    customer = run.orders.customer[order]
    places = pa.array([place.code for place in history.shop.places])
    return {
        "member_number": _where(customer != STRANGER, member_numbers(customer)),
        "branch": places.take(pa.array(run.branch[order])),
        "channel": channels(run.online[order]),
    }


def _goods(history: History, good: Numbers) -> dict[str, pa.Array]:
    goods, place = history.shop.goods, pa.array(good)
    return {
        "sku": pa.array([good.sku for good in goods]).take(place),
        "product": pa.array([good.name for good in goods]).take(place),
        "category": pa.array([good.category for good in goods]).take(place),
    }


def _labelled(letters: str, number: Numbers) -> pa.Array:
    digits = pc.utf8_lpad(pa.array(number).cast(pa.string()), width=8, padding="0")
    return pc.binary_join_element_wise(letters, digits, "-")


def _where(shown: Flags, values: pa.Array) -> pa.Array:
    return pc.if_else(pa.array(shown), values, pa.scalar(None, values.type))
