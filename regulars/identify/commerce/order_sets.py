"""Write orders by the set, by the rules of orders.py, out of temporary tables."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.backends.utils import CursorWrapper

from regulars.identify.commerce import order_steps as steps
from regulars.identify.commerce.events import (
    ORDER_COMPLETED,
    ORDER_UPDATED,
    order_message_id,
)
from regulars.identify.commerce.matching import unmatch_refunds
from regulars.identify.timeline.public import record_set
from regulars.organization.public import Brand


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderSet:
    """Where orders wait to be written: two temporary tables, and what is true of all of them.

    ``orders``: ordinal, number, customer_id, branch_id, channel, occurred_at, placed_on, currency,
    net_minor, discount_minor, shipping_minor, tax_minor, coupon, lines (their number), properties
    (of the event, JSON). ``lines``: ordinal, position from 1 without gaps, product_id, quantity,
    amount_minor, discount_minor, both after every discount. NULL where the source tells nothing.
    """

    brand: Brand
    source: str
    orders: str
    lines: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """How many were new, changed and the same, and the numbers that are somebody else's."""

    new: int
    changed: int
    unchanged: int
    taken: tuple[str, ...] = ()


def compare_orders(told: OrderSet) -> Written:
    """Say what ``record_orders`` would do. Nothing is written but temporary tables."""
    with _compared(told) as (cursor, written):
        del cursor
        return written


def record_orders(told: OrderSet, *, import_id: int, revision: int, now: datetime) -> Written:
    """Write the orders: new ones, and what has changed about known ones; the same changes nothing.

    An order of another customer under the same number is left alone and reported. Announces Order
    Completed and Order Updated, as backfill. Refunds must be matched anew afterwards for every
    customer and product touched: see match_refunds. Call it in the transaction of the revision.
    """
    with _compared(told) as (cursor, written):
        if written.changed:
            _change(cursor, told, import_id=import_id, revision=revision)
        if written.new:
            _run(cursor, steps.INSERT, told, [*_key(told), import_id, revision])
        _run(cursor, steps.WRITTEN, told, _key(told))
        _run(cursor, steps.LINES, told, [revision])
        cursor.execute("DROP TABLE order_written")
        _announce(told, written, revision=revision, now=now)
    return written


@contextmanager
def _compared(told: OrderSet) -> Iterator[tuple[CursorWrapper, Written]]:
    with connection.cursor() as cursor:
        _run(cursor, steps.KNOWN, told, _key(told))
        _run(cursor, steps.CHANGED, told, [])
        yield cursor, _counted(cursor, told)
        cursor.execute("DROP TABLE order_changed")
        cursor.execute("DROP TABLE order_known")


def _counted(cursor: CursorWrapper, told: OrderSet) -> Written:
    _run(cursor, steps.TAKEN, told, [])
    taken = tuple(number for (number,) in cursor.fetchall())
    everything, known, changed = (
        _count(cursor, table) for table in (told.orders, "order_known", "order_changed")
    )
    return Written(
        new=everything - known,
        changed=changed,
        unchanged=known - changed - len(taken),
        taken=taken,
    )


def _count(cursor: CursorWrapper, table: str) -> int:
    cursor.execute(f"SELECT count(*) FROM {table}")  # noqa: S608
    return int(cursor.fetchone()[0])


def _change(cursor: CursorWrapper, told: OrderSet, *, import_id: int, revision: int) -> None:
    cursor.execute(steps.REMEMBER, [import_id, revision])
    cursor.execute(steps.REMEMBER_LINES, [import_id])
    unmatch_refunds(touched=steps.OF_CHANGED, revision=revision)
    _run(cursor, steps.UPDATE, told, [revision])
    _run(cursor, steps.REFUNDS_FOLLOW, told, [revision])
    _run(cursor, steps.NOTE_GONE, told, [revision])
    _run(cursor, steps.DELETE_GONE, told, [])


def _announce(told: OrderSet, written: Written, *, revision: int, now: datetime) -> None:
    blanks = {
        "orders": told.orders,
        "source": _quoted(told.source),
        "prefix": _quoted(order_message_id("")),
        "revision": revision,
    }
    if written.new:
        touches = steps.COMPLETED.format(**blanks)
        record_set(brand=told.brand, kind=ORDER_COMPLETED, touches=touches, revision=revision,
                   now=now, backfill=True)  # fmt: skip
    if written.changed:
        touches = steps.UPDATED.format(**blanks)
        record_set(brand=told.brand, kind=ORDER_UPDATED, touches=touches, revision=revision,
                   now=now, backfill=True, at_once=True, after=written.new)  # fmt: skip


def _run(cursor: CursorWrapper, sql: str, told: OrderSet, parameters: list[int | str]) -> None:
    cursor.execute(sql.format(orders=told.orders, lines=told.lines), parameters)


def _key(told: OrderSet) -> list[int | str]:
    return [told.brand.pk, told.source]


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''").replace("%", "%%") + "'"
