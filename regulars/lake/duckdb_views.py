"""The tables of the lake as views of DuckDB."""

from functools import cached_property
from typing import TYPE_CHECKING

from regulars.lake.computed_files import ComputedFiles
from regulars.lake.engine import engine
from regulars.lake.scanning import computed_rows, valid_rows
from regulars.lake.tables import LakeTable

if TYPE_CHECKING:
    from ibis.backends.duckdb import Backend


class DuckdbViews:
    """Views on a connection of their own."""

    def __init__(self) -> None:
        self._cursor = engine()

    @cached_property
    def backend(self) -> "Backend":
        import ibis  # at the first question: a start should not wait for it

        return ibis.duckdb.from_connection(self._cursor)

    def show(self, view: str, table: LakeTable) -> None:
        """Make a mirrored table known: the rows that hold, each once."""
        self._create(view, valid_rows(self._cursor, table))

    def show_computed(self, view: str, files: ComputedFiles) -> None:
        """Make a computed table known; a filter on its partitions opens only their files."""
        self._create(view, computed_rows(self._cursor, files))

    def interrupt(self) -> None:
        """Break off the query that is being answered, from another thread."""
        self._cursor.interrupt()

    def close(self) -> None:
        self._cursor.close()

    def _create(self, view: str, sql: str) -> None:
        self._cursor.execute(f'CREATE TEMP VIEW "{view}" AS {sql}')
