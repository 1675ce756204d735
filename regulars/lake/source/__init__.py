"""Read the database in bulk: one consistent view of what is committed, as Arrow batches."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager

from django.db import connection

from regulars.lake.source.view import View


class InTransaction(Exception):
    """The mirror shows what is committed, and was asked to run inside a transaction."""


@contextmanager
def committed_view() -> Iterator[View]:
    """Open a view of everything committed by now, which stays as it is until it is closed.

    It has a connection of its own, and holds no writer up. Raises InTransaction inside
    ``transaction.atomic()``; tests that mirror need ``django_db(transaction=True)``.
    """
    if connection.in_atomic_block:
        raise InTransaction("The lake follows what is committed: call it outside a transaction.")
    with _opened() as view:
        yield view


def _opened() -> AbstractContextManager[View]:
    """Open it with the driver of this database; the other one need not be loaded."""
    if connection.vendor == "postgresql":
        from regulars.lake.source.postgresql import postgresql_view

        return postgresql_view()
    from regulars.lake.source.sqlite import sqlite_view

    return sqlite_view()
