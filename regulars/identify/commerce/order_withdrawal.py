"""Take back the orders an import made, and put back those it changed."""

from collections.abc import Sequence

from regulars.identify.commerce import order_withdrawal_steps as steps
from regulars.identify.commerce.events import order_message_id
from regulars.identify.commerce.matching import unmatch_refunds
from regulars.identify.commerce.models import Order
from regulars.identify.commerce.refund_withdrawal import rematch_touched
from regulars.identify.timeline.public import withdraw_set
from regulars.lake.public import (
    LEAVING,
    Withdrawn,
    counted,
    keep_changed,
    keep_changed_since,
    keep_held,
    note_reversions,
    pointing_at,
    portion,
    remove_rows,
    rows_changed,
    rows_made,
)
from regulars.organization.public import Brand

_OWN = {("commerce_line", "order_id"), ("commerce_formerorder", "order_id"),
        ("commerce_formerline", "order_id")}  # fmt: skip


def withdraw_orders(
    *, brand: Brand, import_id: int, revisions: Sequence[int], after: int, revision: int
) -> Withdrawn:
    """Take back some thousand orders that an import made, with ids above ``after``.

    Those last written at none of its ``revisions``, or that a refund still names, stay. Refunds
    are matched anew. Call it in the transaction of ``revision``, after the import's own refunds.
    """
    asked = rows_made(table="commerce_order", import_id=import_id, after=after)
    with portion(asked, mirror="orders") as cursor:
        keep_changed(cursor, revisions=revisions)
        keep_held(cursor, by=set(pointing_at(Order)) - _OWN)
        found = counted()
        cursor.execute(steps.TOUCHED_BY_GOING)
        events = steps.COMPLETED.format(prefix=f"'{order_message_id('')}'")
        withdraw_set(brand=brand, touches=events, revision=revision)
        _remove_lines(steps.LINES, revision=revision)
        for table in ("commerce_formerline", "commerce_formerorder"):
            cursor.execute(steps.FORGET_OF_GONE.format(table=table))
        remove_rows(table="commerce_order", mirror="orders", rows=LEAVING, revision=revision)
        rematch_touched(revision=revision)
    return found


def restore_orders(*, brand: Brand, import_id: int, after: int, revision: int) -> Withdrawn:
    """Put back some thousand orders that an import changed, unless they were changed since.

    Their lines come back, the event that told of the change goes, refunds are matched anew. Call
    it in the transaction of ``revision``.
    """
    asked = rows_changed(steps.REMEMBERED, import_id=import_id, after=after)
    with portion(asked, mirror="orders") as cursor:
        keep_changed_since(cursor)
        found = counted()
        cursor.execute(steps.TOUCHED_BY_RETURN.format(import_id=int(import_id)))
        unmatch_refunds(touched="withdrawn_touched", revision=revision)
        events = steps.UPDATED.format(prefix=f"'{order_message_id('')}'")
        withdraw_set(brand=brand, touches=events, revision=revision)
        _remove_lines(steps.SURPLUS_LINES.format(import_id=int(import_id)), revision=revision)
        for statement in (steps.ORDERS_BACK, steps.REFUNDS_FOLLOW, steps.LINES_BACK):
            cursor.execute(statement.format(import_id=int(import_id), revision=int(revision)))
        note_reversions(mirror="orders", rows=LEAVING, revision=revision)
        cursor.execute(steps.FORGET_LINES.format(import_id=int(import_id)))
        cursor.execute(steps.FORGET)
        rematch_touched(revision=revision)
    return found


def _remove_lines(lines: str, *, revision: int) -> None:
    remove_rows(
        table="commerce_refundmatch",
        mirror="refund_matches",
        rows=steps.MATCHES_OF.format(lines=lines),
        revision=revision,
    )
    remove_rows(table="commerce_line", mirror="lines", rows=lines, revision=revision)
