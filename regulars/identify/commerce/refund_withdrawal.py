"""Take back the refunds of an import. A refund is never changed, so none has to stay."""

from django.db import connection

from regulars.identify.commerce.events import refund_message_id
from regulars.identify.commerce.matching import match_refunds
from regulars.identify.timeline.public import withdraw_set
from regulars.lake.public import LEAVING, Withdrawn, counted, portion, remove_rows, rows_made
from regulars.organization.public import Brand

_LINES = """
    (SELECT line.id FROM commerce_refundline AS line
     JOIN withdrawn ON withdrawn.id = line.refund_id)
"""
_MATCHES = f"""
    (SELECT found.id FROM commerce_refundmatch AS found
     WHERE found.refund_line_id IN (SELECT gone.id FROM {_LINES} AS gone))
"""  # noqa: S608
# What others gave back competes for the lines that are free now; their own go with them.
_TOUCHED = """
    CREATE TEMPORARY TABLE withdrawn_touched AS
    SELECT DISTINCT refund.order_id, refund.customer_id, line.product_id
    FROM withdrawn JOIN commerce_refund AS refund ON refund.id = withdrawn.id
    JOIN commerce_refundline AS line ON line.refund_id = refund.id
"""
_EVENTS = """
    (SELECT refund.source, {prefix} || refund.number AS message_id
     FROM withdrawn JOIN commerce_refund AS refund ON refund.id = withdrawn.id)
"""


def withdraw_refunds(*, brand: Brand, import_id: int, after: int, revision: int) -> Withdrawn:
    """Take back some thousand refunds of an import with ids above ``after``.

    What else was given back is matched anew. Call it in the transaction of the revision.
    """
    asked = rows_made(table="commerce_refund", import_id=import_id, after=after)
    with portion(asked, mirror="refunds") as cursor:
        found = counted()
        cursor.execute(_TOUCHED)
        events = _EVENTS.format(prefix=f"'{refund_message_id('')}'")
        withdraw_set(brand=brand, touches=events, revision=revision)
        for table, mirror, rows in (
            ("commerce_refundmatch", "refund_matches", _MATCHES),
            ("commerce_refundline", "refund_lines", _LINES),
            ("commerce_refund", "refunds", LEAVING),
        ):
            remove_rows(table=table, mirror=mirror, rows=rows, revision=revision)
        rematch_touched(revision=revision)
    return found


def rematch_touched(*, revision: int) -> None:
    """Match what ``withdrawn_touched`` names, and drop that table."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ANALYZE withdrawn_touched")
        match_refunds(touched="withdrawn_touched", revision=revision)
        cursor.execute("DROP TABLE withdrawn_touched")
