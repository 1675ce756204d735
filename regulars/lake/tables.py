"""The tables of the mirror, kept in Delta.

A table holds *data*, and *voids*: the identities of the versions of rows that hold no more, in
files of their own, told apart by the partition column ``_void``. So a change costs as much as it
changed, and a table without voids is a plain scan. Compaction writes both away.
"""

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import pyarrow as pa
from deltalake import CommitProperties, DeltaTable, Schema, Transaction
from deltalake.transaction import AddAction, RemoveAction

from regulars.lake.mirrors import Mirror
from regulars.lake.parquet import write_files

VOID = "_void"
CURSOR = "mirror"
SETTINGS = {
    "delta.checkpointInterval": "50",
    "delta.logRetentionDuration": "interval 1 days",
    "delta.deletedFileRetentionDuration": "interval 1 days",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A Parquet file of a table, with the least and the greatest of its keys and revisions."""

    path: str
    size: int
    rows: int
    void: bool
    keys: tuple[int, int]
    newest: int


class LakeTable:
    """One mirrored table, at its newest version or at the one asked for."""

    def __init__(self, uri: str, mirror: Mirror, *, version: int | None = None) -> None:
        self.uri = uri
        self.mirror = mirror
        self.delta = DeltaTable(uri, version=version)

    @classmethod
    def create(cls, uri: str, mirror: Mirror) -> "LakeTable":
        schema = mirror.schema.append(pa.field(VOID, pa.bool_()))
        DeltaTable.create(
            uri,
            schema=Schema.from_arrow(schema),
            partition_by=[VOID],
            configuration=SETTINGS,
            mode="ignore",
        )
        return cls(uri, mirror)

    @property
    def version(self) -> int:
        return self.delta.version()

    @property
    def cursor(self) -> int:
        """Return the revision up to which the table shows everything; 0 before the first pass."""
        return self.delta.transaction_version(CURSOR) or 0

    @cached_property
    def files(self) -> list[File]:
        key, last = self.mirror.identity[0], self.mirror.identity[-1]
        rows = pa.table(self.delta.get_add_actions(flatten=True)).to_pylist()
        return [
            File(
                path=row["path"],
                size=row["size_bytes"],
                rows=row["num_records"],
                void=row[f"partition.{VOID}"],
                keys=(row[f"min.{key}"], row[f"max.{key}"]),
                newest=row[f"max.{last}"] >> self.mirror.bits,
            )
            for row in rows
        ]

    @property
    def data(self) -> list[File]:
        return [file for file in self.files if not file.void]

    @property
    def voids(self) -> list[File]:
        return [file for file in self.files if file.void]

    def write_data(self, batches: Iterable[pa.RecordBatch]) -> list[AddAction]:
        return self._write(self.mirror.schema, batches, void=False)

    def write_voids(self, batches: Iterable[pa.RecordBatch]) -> list[AddAction]:
        return self._write(self.mirror.identity_schema, batches, void=True)

    def refresh(self) -> None:
        """Come to the newest version."""
        self.delta.update_incremental()
        self.__dict__.pop("files", None)

    def commit(
        self, added: Sequence[AddAction], *, removed: Sequence[File] = (), cursor: int | None = None
    ) -> None:
        """Add and remove files, and move the cursor, in one step that happens or does not."""
        now = int(time.time() * 1000)
        gone = [
            RemoveAction(
                path=file.path,
                data_change=True,
                deletion_timestamp=now,
                size=file.size,
                partition_values={VOID: _word(void=file.void)},
            )
            for file in removed
        ]
        position = self.cursor if cursor is None else cursor
        self.delta.create_write_transaction(
            [*added, *gone],
            mode="append",
            schema=self.delta.schema(),
            partition_by=[VOID],
            commit_properties=CommitProperties(
                app_transactions=[Transaction(CURSOR, position)], max_commit_retries=0
            ),
        )
        self.refresh()

    def _write(
        self, schema: pa.Schema, batches: Iterable[pa.RecordBatch], *, void: bool
    ) -> list[AddAction]:
        return write_files(
            self.uri,
            schema,
            batches,
            partition={VOID: _word(void=void)},
            measured=self.mirror.identity,
        )


def _word(*, void: bool) -> str:
    return "true" if void else "false"
