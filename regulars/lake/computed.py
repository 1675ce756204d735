"""Tables that are computed from the mirror and kept, one partition replaced at a time.

They lie beside the generations of the mirror, so that a rebuild leaves them alone.
"""

import logging
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, TypeAlias

import pyarrow as pa
from deltalake import CommitProperties, DeltaTable, Schema
from deltalake.transaction import AddAction, RemoveAction

from regulars.lake.computed_files import FORM, form_of, table_in_form
from regulars.lake.engine import engine
from regulars.lake.exclusion import COMPUTED, only_writer
from regulars.lake.parquet import write_files
from regulars.lake.place import filesystem, under
from regulars.lake.scanning import scan
from regulars.lake.sharing import ask_anew
from regulars.lake.snapshots import home
from regulars.lake.tables import SETTINGS

if TYPE_CHECKING:
    import ibis

Value = int | str | date
Where = Mapping[str, Value]
Rows: TypeAlias = "ibis.Table | pa.RecordBatchReader | pa.Table"
KEYS = pa.schema([("customer_id", pa.int64())])
ERASED = "erased USING (customer_id)"
BATCH = 65_536
COLUMN_OF = {int: pa.int32(), str: pa.string(), date: pa.date32()}

log = logging.getLogger(__name__)


def place_of(table: str) -> str:
    """Return where a computed table lies. Raises NeverMirrored before the lake is first filled."""
    return under(home(), "computed", table)


def write_partition(table: str, rows: Rows, *, where: Where) -> None:
    """Replace one partition of a computed table by these rows, in one step that happens or not.

    ``where`` names the partition, such as ``{"brand_id": 1, "as_of": date(2025, 11, 20)}``, by the
    same columns for all of a table; the rows need not carry them. The table is made if it is new.
    It is made anew, without its other partitions, when it was kept in another form, with other
    columns or partitioned in another way: whoever computes it finds them gone and computes them.
    """
    uri = place_of(table)
    schema, batches = _columns(rows, leaving_out=where)
    with only_writer(of=COMPUTED, shared=True):
        added = write_files(uri, schema, batches, partition=_words(where), folder=_folder(where))
        with only_writer(of=table):
            delta = _opened(uri, schema, where)
            _commit(delta, [*added, *_removals(delta, where)])


def drop_partitions(table: str, *, where: Where) -> None:
    """Remove every partition of a computed table that has these values, such as one old day."""
    uri = place_of(table)
    with only_writer(of=table):
        if delta := table_in_form(uri):
            _commit(delta, _removals(delta, where))


def drop_computed(table: str) -> None:
    """Remove a computed table with everything in it; it may be written anew in another shape."""
    uri = place_of(table)
    with only_writer(of=table):
        if DeltaTable.is_deltatable(uri):
            filesystem(uri.rpartition("/")[0]).delete_dir(table)
    ask_anew()


def forget(table: str, *, customer_ids: Collection[int]) -> None:
    """Take customers out of every partition of a computed table that has a ``customer_id``.

    Nobody may be writing the table; ``erase`` sees to it.
    """
    uri = place_of(table)
    delta = DeltaTable(uri)
    if "customer_id" not in pa.schema(delta.schema()).names:
        return
    actions: list[AddAction | RemoveAction] = []
    with engine() as connection:
        connection.register("erased", pa.table({"customer_id": list(customer_ids)}, KEYS))
        for file in _removals(delta, {}):
            rows = scan(connection, uri, [file.path], pa.schema(delta.schema()))
            if connection.execute(f"SELECT 1 FROM {rows} SEMI JOIN {ERASED} LIMIT 1").fetchone():
                left = connection.execute(f"SELECT * FROM {rows} ANTI JOIN {ERASED}")
                actions += [file, *_written_again(uri, left.to_arrow_reader(BATCH), file)]
    _commit(delta, actions)


def partitions(table: str) -> list[dict[str, Value]]:
    """Return the partitions of a computed table, each as the values that name it."""
    uri = place_of(table)
    delta = table_in_form(uri)
    if delta is None:
        return []
    named = [f"partition.{name}" for name in delta.metadata().partition_columns]
    files = pa.table(delta.get_add_actions(flatten=True)).select(named)
    found = files.group_by(named).aggregate([]).to_pylist()
    return [{name.removeprefix("partition."): row[name] for name in named} for row in found]


def _columns(rows: Rows, *, leaving_out: Where) -> tuple[pa.Schema, Iterator[pa.RecordBatch]]:
    """Return the rows in types that Delta has, without the columns that name the partition."""
    if isinstance(rows, pa.RecordBatchReader):
        reader = rows
    else:
        reader = rows.to_reader() if isinstance(rows, pa.Table) else rows.to_pyarrow_batches()
    given = reader.schema
    kept = [name for name in given.names if name not in leaving_out]
    wanted = pa.schema(Schema.from_arrow(pa.schema([given.field(name) for name in kept])))
    return wanted, (batch.select(kept).cast(wanted) for batch in reader)


def _opened(uri: str, schema: pa.Schema, where: Where) -> DeltaTable:
    named = [pa.field(name, COLUMN_OF[type(value)]) for name, value in where.items()]
    wanted = Schema.from_arrow(pa.schema([*schema, *named]))
    delta = table_in_form(uri)
    if delta is not None and _fits(delta, wanted, list(where)):
        return delta
    if DeltaTable.is_deltatable(uri):
        log.warning("%s was kept in another form, and is made anew", uri)
    return DeltaTable.create(
        uri,
        schema=wanted,
        mode="overwrite",
        partition_by=list(where),
        configuration={**SETTINGS, FORM: form_of(uri.rpartition("/")[2])},
        raise_if_key_not_exists=False,
    )


def _fits(delta: DeltaTable, wanted: Schema, partition_by: list[str]) -> bool:
    known, given = ({field.name: field.type for field in one.fields}
                    for one in (delta.schema(), wanted))  # fmt: skip
    return known == given and delta.metadata().partition_columns == partition_by


def _removals(delta: DeltaTable, where: Where) -> list[RemoveAction]:
    files = pa.table(delta.get_add_actions(flatten=True)).to_pylist()
    now = int(time.time() * 1000)
    return [
        RemoveAction(
            path=file["path"],
            data_change=True,
            deletion_timestamp=now,
            size=file["size_bytes"],
            partition_values=_words(
                {name: file[f"partition.{name}"] for name in delta.metadata().partition_columns}
            ),
        )
        for file in files
        if all(file[f"partition.{name}"] == value for name, value in where.items())
    ]


def _commit(delta: DeltaTable, actions: Sequence[AddAction | RemoveAction]) -> None:
    ask_anew()
    if actions:
        delta.create_write_transaction(
            list(actions),
            mode="append",
            schema=delta.schema(),
            partition_by=delta.metadata().partition_columns,
            commit_properties=CommitProperties(max_commit_retries=0),
        )


def _words(where: Where) -> dict[str, str | None]:
    return {name: str(value) for name, value in where.items()}


def _folder(where: Where) -> str:
    return "".join(f"{name}={value}/" for name, value in where.items())


def _written_again(uri: str, rows: pa.RecordBatchReader, file: RemoveAction) -> list[AddAction]:
    folder = file.path.rpartition("/")[0] + "/"
    return write_files(uri, rows.schema, rows, partition=file.partition_values or {}, folder=folder)
