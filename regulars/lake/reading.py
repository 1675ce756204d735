"""Read the lake: one consistent state of it, as Ibis tables."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Protocol

from django.conf import settings

from regulars.lake.computed_files import ComputedFiles, NotInTheLake, computed_files
from regulars.lake.duckdb_views import DuckdbViews
from regulars.lake.mirrors import mirrors
from regulars.lake.models import Snapshot
from regulars.lake.place import under
from regulars.lake.sharing import shared
from regulars.lake.snapshots import current, home_of
from regulars.lake.superseding import stoppable
from regulars.lake.tables import LakeTable

if TYPE_CHECKING:
    import ibis

DUCKDB, SPARK = "duckdb", "spark"
TABLES_REMEMBERED = 256


class Views(Protocol):
    """Where one engine shows tables of the lake under names."""

    @property
    def backend(self) -> Any: ...

    def show(self, view: str, table: LakeTable) -> None: ...

    def show_computed(self, view: str, files: ComputedFiles) -> None: ...

    def interrupt(self) -> None: ...

    def close(self) -> None: ...


class Reading:
    """One state of the lake, open for questions; for one thread."""

    def __init__(self, snapshot: Snapshot, views: Views) -> None:
        self.snapshot = snapshot
        self._views = views
        self._shown: set[str] = set()

    @property
    def connection(self) -> Any:
        """Return the Ibis backend; tables appear in it as they are asked for by ``table()``."""
        return self._views.backend

    def table(self, name: str) -> "ibis.Table":
        """Return a mirrored table: the rows that hold as of the snapshot, each once.

        Raises NotInTheLake.
        """
        if name not in self._shown:
            self._views.show(name, self._open(name))
            self._shown.add(name)
        return self._known(name)

    def computed(self, name: str) -> "ibis.Table":
        """Return a computed table, as it is when it is first asked for. Raises NotInTheLake."""
        view = f"computed_{name}"
        if view not in self._shown:
            files = computed_files(under(home_of(self.snapshot), "computed", name))
            self._views.show_computed(view, files)
            self._shown.add(view)
        return self._known(view)

    def _known(self, view: str) -> "ibis.Table":
        table: ibis.Table = self.connection.table(view)
        return table

    def _open(self, name: str) -> LakeTable:
        if name not in self.snapshot.versions or name not in mirrors():
            raise NotInTheLake(f"The lake has no table {name!r} as of {self.snapshot.at}.")
        uri = under(self.snapshot.generation, name)
        return _table_at(uri, name, self.snapshot.versions[name])


@contextmanager
def reading(*, snapshot: Snapshot | None = None) -> Iterator[Reading]:
    """Open the newest state of the lake, or the one given, while others may be writing to it.

    All tables speak of one moment. REGULARS_LAKE_ENGINE chooses who answers. Raises NeverMirrored
    when there is no state yet, EngineUnavailable. Within ``reading_once()`` what is open is used.
    """
    common = shared() if snapshot is None else None
    if common is not None:
        common.at_hand = common.at_hand or common.open.enter_context(_opened(current()))
        yield common.at_hand
        return
    with _opened(snapshot or current()) as opened:
        yield opened


@contextmanager
def _opened(snapshot: Snapshot) -> Iterator[Reading]:
    with closing(_views()) as views, stoppable(views.interrupt):
        yield Reading(snapshot, views)


def _views() -> Views:
    if settings.REGULARS_LAKE_ENGINE == SPARK:
        from regulars.lake.spark.views import SparkViews  # an extra, and it takes a second

        return SparkViews()
    return DuckdbViews()


@lru_cache(maxsize=TABLES_REMEMBERED)
def _table_at(uri: str, name: str, version: int) -> LakeTable:
    return LakeTable(uri, mirrors()[name], version=version)
