"""Number every change, and tell up to which number all changes can be seen.

On PostgreSQL a number can become visible *after* a higher one: the transaction that took it is
still open. So whoever takes a revision holds a shared advisory lock, named after a number not
above its own, until its transaction ends. The horizon is the lowest number so held. It may fall
back a little, but at and below a horizon once told nothing ever appears any more. SQLite has one
writer at a time; there the counter itself is the horizon.

The horizon cannot be told on a physical replica: it does not know the locks of its primary.
"""

from django.db import connection

LOCK_TAG = 0x5247  # the upper 16 bits of the lock's key; the lower 48 hold the revision
REVISION_BITS = 48
FIRST = 1  # given to no change


class NotInTransaction(Exception):
    """A revision was asked for outside a transaction, where it would be visible too early."""


class FrozenView(Exception):
    """The horizon was asked for in a transaction that cannot see what was committed meanwhile."""


def next_revision() -> int:
    """Take the next revision, for all rows that one change writes; lasts until the commit.

    A revision taken inside a savepoint dies with it: when that is rolled back, take another.
    Raises NotInTransaction outside ``transaction.atomic()``.
    """
    if not connection.in_atomic_block:
        raise NotInTransaction("Take a revision inside transaction.atomic().")
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT lake_next_revision()")
        else:
            cursor.execute(
                "INSERT INTO lake_revision_counter (id, revision) VALUES (1, %s) "
                "ON CONFLICT (id) DO UPDATE SET revision = revision + 1 RETURNING revision",
                [FIRST + 1],
            )
        return int(cursor.fetchone()[0])


def last_revision() -> int:
    """Return the highest revision given out, whether or not its changes can be seen."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT last_value FROM lake_revision")
        else:
            cursor.execute("SELECT max(revision) FROM lake_revision_counter")
        return int(cursor.fetchone()[0] or FIRST)


def horizon() -> int:
    """Return the highest revision at and below which nothing is still uncommitted elsewhere.

    Read the rows up to it in a later statement than this, never in the same. A transaction sees
    its own changes, so ask outside of one whenever the rows leave the database. Raises FrozenView
    inside a transaction stricter than READ COMMITTED: its snapshot may be older than the answer.
    """
    if connection.vendor != "postgresql":
        return last_revision()
    with connection.cursor() as cursor:
        # The order matters: a number given out after the first statement lies above its answer.
        cursor.execute(
            "SELECT last_value, current_setting('transaction_isolation') FROM lake_revision"
        )
        last, isolation = cursor.fetchone()
        if connection.in_atomic_block and isolation != "read committed":
            raise FrozenView(f"Ask for the horizon before a {isolation} transaction begins.")
        # A prepared transaction has no process, and must hold the horizon back all the same.
        cursor.execute(
            """
            SELECT min(((classid::bigint & 65535) << 32) | objid::bigint) FROM pg_locks
            WHERE locktype = 'advisory' AND objsubid = 1 AND classid::bigint >> 16 = %s
              AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
              AND pid IS DISTINCT FROM pg_backend_pid()
            """,
            [LOCK_TAG],
        )
        held = cursor.fetchone()[0]
        return int(last) if held is None else min(int(last), int(held))
