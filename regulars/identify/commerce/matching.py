"""Say which purchase lines a refund undoes.

Three steps, each on what the step before left. A refund of money without a quantity, but with an
order, is spread over the order's lines by their amounts. A refund with an order takes that
order's lines of its product, the last first. Every other one takes the customer's latest earlier
line of its product with unrefunded quantity, then earlier ones, refunds in time order.

Quantities are counted in thousandths. Amounts are split by cumulative rounding, as money.portion
does it, so that the parts of a wholly matched refund line sum to it exactly.
"""

from collections.abc import Iterable

from django.db import connection
from django.db.backends.utils import CursorWrapper

from regulars.identify.commerce import matching_steps as steps

_KEYS = ("order", "customer", "product")
Touched = tuple[int | None, int | None, int | None]


def touched_rows(touched: Iterable[Touched]) -> str:
    """Write ``(order, customer, product)`` ids as the ``touched`` of the others.

    For a handful: a set is given as the name of a table with these columns.
    """
    rows = (", ".join("NULL" if key is None else str(int(key)) for key in row) for row in touched)
    typed = ", ".join(f"CAST(NULL AS bigint) AS {key}_id" for key in _KEYS)
    return (
        f"({' UNION ALL '.join([f'SELECT {typed} WHERE 1 = 0', *map('SELECT {}'.format, rows)])})"
    )


def match_refunds(*, touched: str, revision: int) -> int:
    """Match all refunds of what was touched anew; return the number of matches they now have.

    ``touched`` is a table, or a subselect in brackets, with a row (order_id, customer_id,
    product_id) for every line and refund line that was written; where a line moved from one
    customer or product to another, a row for each. Call it inside the transaction that wrote them.
    """
    unmatch_refunds(touched=touched, revision=revision)
    with connection.cursor() as cursor:
        _collect(cursor, touched)
        for step in (steps.MONEY, steps.THEIR_ORDER, steps.LATEST_FIRST):
            cursor.execute(step)
        cursor.execute(steps.KEEP, [revision])
        found = int(cursor.rowcount)
        for table in steps.TABLES:
            cursor.execute(f"DROP TABLE {table}")
    return found


def unmatch_refunds(*, touched: str, revision: int) -> None:
    """Forget the matches of what was touched, as before deleting lines that may have some."""
    with connection.cursor() as cursor:
        cursor.execute(steps.STALE.format(touched=touched))
        cursor.execute(steps.REMOVE, [revision])
        cursor.execute(steps.FORGET)
        cursor.execute("DROP TABLE matching_stale")


def _collect(cursor: CursorWrapper, touched: str) -> None:
    for statement in (steps.REFUNDS, steps.LINES, steps.FOUND):
        cursor.execute(statement.format(touched=touched))
    if connection.vendor == "postgresql":
        for table in steps.TABLES:
            cursor.execute(f"ANALYZE {table}")
