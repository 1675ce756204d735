"""Number every change, and tell up to which number all changes can be seen.

On PostgreSQL a number can become visible *after* a higher one: the transaction that took it is
still open. So whoever takes a revision holds a shared advisory lock, named after a number not
above its own, until its transaction ends. The horizon is the lowest number so held. SQLite has
one writer at a time; there the counter itself is the horizon.
"""

from django.db import connection

LOCK_TAG = 0x5247  # the upper 16 bits of the lock's key; the lower 48 hold the revision
REVISION_BITS = 48


class NotInTransaction(Exception):
    """A revision was asked for outside a transaction, where it would be visible too early."""


def next_revision() -> int:
    """Take the next revision, for all rows that one change writes; lasts until the commit.

    Raises NotInTransaction outside ``transaction.atomic()``.
    """
    if not connection.in_atomic_block:
        raise NotInTransaction("Take a revision inside transaction.atomic().")
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT lake_next_revision()")
        else:
            cursor.execute(
                "UPDATE lake_revision_counter SET revision = revision + 1 RETURNING revision"
            )
        return int(cursor.fetchone()[0])


def horizon() -> int:
    """Return the highest revision at and below which nothing is still uncommitted elsewhere."""
    with connection.cursor() as cursor:
        if connection.vendor != "postgresql":
            cursor.execute("SELECT revision FROM lake_revision_counter")
            return int(cursor.fetchone()[0])
        # The order matters: a number given out after the first statement lies above its answer.
        cursor.execute("SELECT last_value FROM lake_revision")
        last = int(cursor.fetchone()[0])
        cursor.execute(
            """
            SELECT min(((classid::bigint & 65535) << 32) | objid::bigint) FROM pg_locks
            WHERE locktype = 'advisory' AND objsubid = 1 AND classid::bigint >> 16 = %s
              AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
              AND pid <> pg_backend_pid()
            """,
            [LOCK_TAG],
        )
        held = cursor.fetchone()[0]
        return last if held is None else min(last, int(held))
