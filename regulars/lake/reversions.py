"""Remember which rows were put back to what they said at an earlier revision.

A row that is put back takes a new revision, as every change does; and yet nothing is new about it.
Who asks whether it has changed since a revision follows its way back first.
"""

from django.db import connection

_NOTE = """
    INSERT INTO lake_reversion ("table", row_id, revision, former_revision)
    SELECT %s, back.id, %s, back.former_revision FROM {rows} AS back
"""
_FOLLOW = """
    UPDATE {rows} SET said = was.former_revision FROM lake_reversion AS was
    WHERE was."table" = %s AND was.row_id = {rows}.id AND was.revision = {rows}.said
"""


def note_reversions(*, mirror: str, rows: str, revision: int) -> None:
    """Write down that rows say again what they said before.

    ``rows`` is a table, or a subselect in brackets, of id and former_revision.
    """
    with connection.cursor() as cursor:
        cursor.execute(_NOTE.format(rows=rows), [mirror, revision])


def follow_reversions(*, mirror: str, rows: str) -> None:
    """Set ``said`` in a temporary table of id and said to the revision that first said it so."""
    with connection.cursor() as cursor:
        followed = 1
        while followed > 0:
            cursor.execute(_FOLLOW.format(rows=rows), [mirror])
            followed = cursor.rowcount
