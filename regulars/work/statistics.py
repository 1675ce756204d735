"""What the database knows of its tables, and chooses its plans by."""

from django.db import connection

LOOKED_AT = 1000  # rows of an index, as SQLite recommends: https://sqlite.org/lang_analyze.html


def refresh_statistics() -> None:
    """Have SQLite look at its tables anew; PostgreSQL does so by itself.

    Call it after a large import: the plans of before are those of empty tables. ``PRAGMA
    optimize`` would not do: before SQLite 3.46 it passes over tables never looked at.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA analysis_limit = {LOOKED_AT}")
            cursor.execute("ANALYZE")
