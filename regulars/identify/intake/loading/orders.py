"""Write the orders and refunds of a staged file, some ten thousand lines at a time."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.utils.translation import gettext_noop

from regulars.identify.commerce.public import (
    OrderSet,
    RefundSet,
    Written,
    compare_orders,
    compare_refunds,
    match_written,
    record_orders,
    record_refunds,
)
from regulars.identify.intake.loading.people import find_people
from regulars.identify.intake.loading.steps import Done, once
from regulars.identify.intake.models import Import, Phase
from regulars.identify.intake.staging.filled import filled
from regulars.identify.intake.temporary import temporary
from regulars.lake.public import Workbench
from regulars.work.public import TaskControl

_ORDERS = {
    "ordinal": "bigint", "number": "text", "customer_id": "bigint", "branch_id": "bigint",
    "channel": "text", "occurred_at": "timestamptz", "placed_on": "date", "currency": "text",
    "net_minor": "bigint", "discount_minor": "bigint", "shipping_minor": "bigint",
    "tax_minor": "bigint", "coupon": "text", "lines": "bigint", "properties": "jsonb",
}  # fmt: skip
_LINES = {
    "ordinal": "bigint", "position": "bigint", "product_id": "bigint", "quantity": "numeric",
    "amount_minor": "bigint", "discount_minor": "bigint",
}  # fmt: skip
_REFUNDS = {
    "ordinal": "bigint", "number": "text", "order_number": "text", "customer_id": "bigint",
    "branch_id": "bigint", "occurred_at": "timestamptz", "refunded_on": "date",
    "currency": "text", "amount_minor": "bigint", "lines": "bigint", "properties": "jsonb",
    "grown_number": "text", "grown_at": "timestamptz", "grown_on": "date",
    "grown_properties": "jsonb",
}  # fmt: skip
_REFUND_LINES = {key: kind for key, kind in _LINES.items() if key != "discount_minor"}


@dataclass(frozen=True, slots=True)
class Portion:
    """A step, and how many lines of how many are done after it."""

    ordinal: int
    upto: int
    total: int


# The properties are those that recording a single order gives its event.
_TOLD = """
    (WITH bought AS (
        SELECT ordinal, list({'sku': sku, 'quantity': CAST(quantity AS DOUBLE)}
                             ORDER BY position) AS products
        FROM st.<lines> WHERE step = <step> GROUP BY ordinal)
     SELECT told.*, found_person.customer_id, branch_id.branch_id,
            '<currency>' AS currency, to_json({<properties>, 'products': products}) AS properties
            <more>
     FROM st.<table> AS told LEFT JOIN bought USING (ordinal)
     LEFT JOIN found_person USING (person)
     LEFT JOIN branch_id USING (branch)
     WHERE step = <step> ORDER BY ordinal)
"""
# What an order tells is all that came back of it; what is new about it gets a number of its own.
_GROWN = """,
    CASE WHEN of_purchase IS NOT NULL THEN told.number || ':<import>' END AS grown_number,
    CASE WHEN of_purchase IS NOT NULL THEN to_json({
        'refund_id': told.number || ':<import>', 'order_id': order_number}) END AS grown_properties
"""
_TOLD_LINES = """
    (SELECT line.*, product_id.product_id FROM st.<lines> AS line LEFT JOIN product_id USING (sku)
     WHERE step = <step> ORDER BY ordinal, position)
"""
_ANCHORS = """
    (SELECT DISTINCT person, anchor_kind, anchor_value FROM st.<table> JOIN st.person USING (person)
     WHERE step = <step>)
"""


def load_orders(db: Workbench, imported: Import, *, control: TaskControl, now: datetime) -> None:
    """Write the orders of every step that is not written yet, and match their refunds anew."""

    def work(revision: int, step: int) -> Done:
        with _orders(db, imported, step) as told:
            written = record_orders(told, import_id=imported.pk, revision=revision, now=now)
        match_written(revision=revision)
        return _done("orders", written)

    for step in steps_of(db, "purchase"):
        once(
            imported, Phase.ORDERS, step.ordinal, partial(work, step=step.ordinal), control=control
        )
        control.progress(step.upto, step.total, gettext_noop("Writing orders"))


def load_refunds(db: Workbench, imported: Import, *, control: TaskControl, now: datetime) -> None:
    """Write the refunds of every step that is not written yet, and match them to the orders."""

    def work(revision: int, step: int) -> Done:
        with _refunds(db, imported, step) as told:
            written = record_refunds(told, import_id=imported.pk, revision=revision, now=now)
        match_written(revision=revision)
        return _done("refunds", written)

    for step in steps_of(db, "refund"):
        once(
            imported, Phase.REFUNDS, step.ordinal, partial(work, step=step.ordinal), control=control
        )
        control.progress(step.upto, step.total, gettext_noop("Writing refunds"))


def compare_step(db: Workbench, imported: Import, table: str, step: int) -> Done:
    """Say what writing a step of ``purchase`` or ``refund`` would do."""
    if table == "purchase":
        with _orders(db, imported, step) as orders:
            return _done("orders", compare_orders(orders))
    with _refunds(db, imported, step) as refunds:
        return _done("refunds", compare_refunds(refunds, import_id=imported.pk))


def _done(what: str, written: Written) -> Done:
    counts = {
        f"new_{what}": written.new,
        f"changed_{what}": written.changed,
        f"unchanged_{what}": written.unchanged,
    }
    return Done(counts=counts, refused=list(written.taken))


def steps_of(db: Workbench, table: str) -> list[Portion]:
    """Return the steps of ``purchase`` or ``refund``, with the lines up to each."""
    found = db.execute(
        f"""
        SELECT step, CAST(sum(sum(lines)) OVER (ORDER BY step) AS BIGINT),
               CAST(sum(sum(lines)) OVER () AS BIGINT)
        FROM st.{table} GROUP BY step ORDER BY step
        """  # noqa: S608
    )
    return [Portion(*row) for row in found.fetchall()]


@contextmanager
def _orders(db: Workbench, imported: Import, step: int) -> Iterator[OrderSet]:
    blanks = _blanks(imported, step, table="purchase", lines="sold")
    find_people(db, imported, anchors=filled(_ANCHORS, **blanks))
    told = filled(_TOLD, properties="'order_id': told.number", more="", **blanks)
    with (
        temporary(db, "intake_order", _ORDERS, told, index="ordinal") as orders,
        temporary(db, "intake_line", _LINES, filled(_TOLD_LINES, **blanks)) as lines,
    ):
        yield OrderSet(brand=imported.brand, source=imported.source, orders=orders, lines=lines)


@contextmanager
def _refunds(db: Workbench, imported: Import, step: int) -> Iterator[RefundSet]:
    blanks = _blanks(imported, step, table="refund", lines="given_back")
    find_people(db, imported, anchors=filled(_ANCHORS, **blanks))
    grown = filled(_GROWN, **{"import": str(imported.pk)})
    told = filled(_TOLD, properties="'refund_id': told.number", more=grown, **blanks)
    with (
        temporary(db, "intake_refund", _REFUNDS, told, index="ordinal") as refunds,
        temporary(db, "intake_line", _REFUND_LINES, filled(_TOLD_LINES, **blanks)) as lines,
    ):
        yield RefundSet(brand=imported.brand, source=imported.source, refunds=refunds, lines=lines)


def _blanks(imported: Import, step: int, *, table: str, lines: str) -> dict[str, str]:
    return {
        "table": table,
        "lines": lines,
        "step": str(step),
        "currency": imported.brand.currency,
    }
