"""Read the lake: one consistent state of it, as Ibis tables."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cached_property, lru_cache

import ibis
from ibis.backends.duckdb import Backend

from regulars.lake.engine import engine
from regulars.lake.mirrors import mirrors
from regulars.lake.models import Snapshot
from regulars.lake.place import under
from regulars.lake.scanning import valid_rows
from regulars.lake.snapshots import latest_snapshot
from regulars.lake.tables import LakeTable
from regulars.lake.workbench import Workbench

TABLES_REMEMBERED = 256


class NeverMirrored(Exception):
    """The lake was never filled, so that there is nothing to read."""


class NotInTheLake(Exception):
    """No table of that name is in this state of the lake."""


class Reading:
    """One state of the lake, open for questions; for one thread."""

    def __init__(self, snapshot: Snapshot, cursor: Workbench) -> None:
        self.snapshot = snapshot
        self._cursor = cursor
        self._shown: set[str] = set()

    @cached_property
    def connection(self) -> Backend:
        """Return the Ibis backend; tables appear in it as they are asked for by ``table()``."""
        return ibis.duckdb.from_connection(self._cursor)

    def table(self, name: str) -> ibis.Table:
        """Return a mirrored table: the rows that hold as of the snapshot, each once.

        Raises NotInTheLake.
        """
        if name not in self._shown:
            opened = self._open(name)
            self._cursor.execute(f'CREATE TEMP VIEW "{name}" AS {valid_rows(self._cursor, opened)}')
            self._shown.add(name)
        return self.connection.table(name)

    def _open(self, name: str) -> LakeTable:
        if name not in self.snapshot.versions or name not in mirrors():
            raise NotInTheLake(f"The lake has no table {name!r} as of {self.snapshot.at}.")
        uri = under(self.snapshot.generation, name)
        return _table_at(uri, name, self.snapshot.versions[name])


@contextmanager
def reading(*, snapshot: Snapshot | None = None) -> Iterator[Reading]:
    """Open the newest state of the lake, or the one given, while others may be writing to it.

    All tables speak of one moment. Raises NeverMirrored when there is no state yet.
    """
    chosen = snapshot or latest_snapshot()
    if chosen is None:
        raise NeverMirrored("The lake is empty: run regulars lake catch-up, or a worker.")
    with closing(engine()) as cursor:
        yield Reading(chosen, cursor)


@lru_cache(maxsize=TABLES_REMEMBERED)
def _table_at(uri: str, name: str, version: int) -> LakeTable:
    return LakeTable(uri, mirrors()[name], version=version)
