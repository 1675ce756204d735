"""Take mirrored rows out of the database by the set, so that the lake can follow."""

from collections.abc import Iterator

from django.db import connection, models

_NOTE = """
    INSERT INTO lake_removal ("table", row_id, revision)
    SELECT %s, gone.id, %s FROM {rows} AS gone
"""
_DELETE = "DELETE FROM {table} WHERE id IN (SELECT gone.id FROM {rows} AS gone)"


def remove_rows(*, table: str, mirror: str, rows: str, revision: int) -> int:
    """Delete rows of a database's table that ``mirror`` shows in the lake; return how many.

    ``rows`` is a table, or a subselect in brackets, of their id; what points at them must be gone.
    Call it in the transaction of the revision.
    """
    with connection.cursor() as cursor:
        cursor.execute(_NOTE.format(rows=rows), [mirror, revision])
        cursor.execute(_DELETE.format(table=table, rows=rows))
        return int(cursor.rowcount)


def pointing_at(model: type[models.Model]) -> Iterator[tuple[str, str]]:
    """Give every table and column of any app that holds keys of this model's rows."""
    for field in model._meta.get_fields(include_hidden=True):
        if isinstance(field, models.ManyToOneRel):
            yield field.related_model._meta.db_table, field.field.column
