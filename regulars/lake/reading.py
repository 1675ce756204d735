"""Read the lake: one consistent state of it, as Ibis tables."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from regulars.lake.computed_files import NotInTheLake, computed_files
from regulars.lake.engine import engine
from regulars.lake.mirrors import mirrors
from regulars.lake.models import Snapshot
from regulars.lake.place import under
from regulars.lake.scanning import computed_rows, valid_rows
from regulars.lake.snapshots import current, home_of
from regulars.lake.tables import LakeTable
from regulars.lake.workbench import Workbench

if TYPE_CHECKING:
    import ibis
    from ibis.backends.duckdb import Backend

TABLES_REMEMBERED = 256


class Reading:
    """One state of the lake, open for questions; for one thread."""

    def __init__(self, snapshot: Snapshot, cursor: Workbench) -> None:
        self.snapshot = snapshot
        self._cursor = cursor
        self._shown: set[str] = set()

    @cached_property
    def connection(self) -> "Backend":
        """Return the Ibis backend; tables appear in it as they are asked for by ``table()``."""
        import ibis  # at the first question: a start should not wait for it

        return ibis.duckdb.from_connection(self._cursor)

    def table(self, name: str) -> "ibis.Table":
        """Return a mirrored table: the rows that hold as of the snapshot, each once.

        Raises NotInTheLake.
        """
        if name not in self._shown:
            self._show(name, valid_rows(self._cursor, self._open(name)))
        return self.connection.table(name)

    def computed(self, name: str) -> "ibis.Table":
        """Return a computed table, as it is when it is first asked for. Raises NotInTheLake."""
        view = f"computed_{name}"
        if view not in self._shown:
            files = computed_files(under(home_of(self.snapshot), "computed", name))
            self._show(view, computed_rows(self._cursor, files))
        return self.connection.table(view)

    def _show(self, view: str, sql: str) -> None:
        self._cursor.execute(f'CREATE TEMP VIEW "{view}" AS {sql}')
        self._shown.add(view)

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
    chosen = snapshot or current()
    with closing(engine()) as cursor:
        yield Reading(chosen, cursor)


@lru_cache(maxsize=TABLES_REMEMBERED)
def _table_at(uri: str, name: str, version: int) -> LakeTable:
    return LakeTable(uri, mirrors()[name], version=version)
