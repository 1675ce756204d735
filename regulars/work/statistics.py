"""What the database knows of its tables, and chooses its plans by."""

from django.db import connection

LOOKED_AT = 1000  # rows of an index, as SQLite recommends: https://sqlite.org/lang_analyze.html
# PostgreSQL looks at a table by itself, but up to a minute late: meanwhile a million new rows count
# as none. Pages of a table as when it was last looked at, beside those it has now.
GROWN = """
    SELECT quote_ident(relname) FROM pg_class
    WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace
        AND pg_relation_size(oid) > current_setting('block_size')::int * (1.2 * relpages + 8)
    ORDER BY relname
"""


def refresh_statistics() -> None:
    """Have the database look anew at its tables; PostgreSQL only at those that have grown much.

    Call it after a large import: the plans of before are those of empty tables. SQLite's ``PRAGMA
    optimize`` would not do: before SQLite 3.46 it passes over tables never looked at.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"PRAGMA analysis_limit = {LOOKED_AT}")
            cursor.execute("ANALYZE")
            return
        cursor.execute(GROWN)
        for (table,) in cursor.fetchall():
            cursor.execute(f"ANALYZE {table}")
