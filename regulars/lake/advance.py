"""Bring one mirrored table from its cursor to a view of the database, in one commit."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import pyarrow as pa
from deltalake.transaction import AddAction

from regulars.lake.parquet import least
from regulars.lake.scanning import scan, valid_rows
from regulars.lake.source.view import View
from regulars.lake.tables import LakeTable
from regulars.lake.workbench import Workbench

Progress = Callable[[str, int], None]
KEYS = pa.schema([("key", pa.int64())])
BATCH = 65_536


@dataclass(frozen=True, kw_only=True)
class Advance:
    """What changed in the view since the table's cursor replaces what the table says of it."""

    view: View
    connection: Workbench
    table: LakeTable
    progress: Progress | None = None

    def to(self, limit: int) -> None:
        """Commit all rows changed and removed since, and the revision below which none is missing.

        The view may show rows of later revisions than ``limit``; they come along.
        """
        mirror, after = self.table.mirror, self.table.cursor
        sql = mirror.changes(after=after, except_for=self._seen_early(after))
        added = self.table.write_data(self._told(self.view.batches(sql, mirror.schema)))
        added += self.table.write_voids(self._outdated(added, self._gone(after)))
        if added:
            self.table.commit(added, cursor=max(limit, after))

    def _told(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        rows = 0
        for batch in batches:
            rows += batch.num_rows
            if self.progress is not None:
                self.progress(self.table.mirror.table, rows)
            yield batch

    def _seen_early(self, after: int) -> frozenset[int]:
        """Return the revisions above the cursor that are in the table already.

        A revision shows whole or not at all, for one transaction wrote it.
        """
        later = [file.path for file in self.table.data if file.newest > after]
        if not later:
            return frozenset()
        mirror = self.table.mirror
        rows = scan(self.connection, self.table.uri, later, mirror.schema)
        found = self.connection.execute(
            f"SELECT DISTINCT {mirror.revision} FROM {rows} WHERE {mirror.revision} > {after}"
        )
        return frozenset(revision for (revision,) in found.fetchall())

    def _gone(self, after: int) -> pa.Table:
        if not after:
            return KEYS.empty_table()
        sql = self.table.mirror.removed(after=after)
        return pa.Table.from_batches(self.view.batches(sql, KEYS), KEYS)

    def _outdated(self, added: Sequence[AddAction], gone: pa.Table) -> Iterator[pa.RecordBatch]:
        """Give the identities of the rows that hold no more: changed or gone."""
        mirror, data = self.table.mirror, self.table.data
        highest = max((file.keys[1] for file in data), default=0)
        lowest = min((least(action, mirror.key) for action in added), default=highest + 1)
        if not data or (lowest > highest and not gone.num_rows):
            return
        self.connection.register("gone", gone)
        paths = [action.path for action in added]
        new = scan(self.connection, self.table.uri, paths, mirror.schema)
        held = valid_rows(self.connection, self.table)
        reader = self.connection.execute(
            f"""
            WITH touched AS (
                SELECT {mirror.key} AS key FROM {new} WHERE {mirror.key} <= {highest}
                UNION SELECT key FROM gone
            )
            SELECT {", ".join(mirror.identity)} FROM ({held}) AS held
            SEMI JOIN touched ON held.{mirror.key} = touched.key
            """
        ).to_arrow_reader(BATCH)
        for batch in reader:
            yield batch.cast(mirror.identity_schema)
