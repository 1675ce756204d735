"""Write Parquet files of a table, not yet part of it."""

import json
import time
import uuid
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from itertools import chain

import pyarrow as pa
import pyarrow.parquet as pq
from deltalake.transaction import AddAction

from regulars.lake.place import filesystem, make_durable

ROW_GROUP = 122_880  # what one thread of DuckDB reads at a time
ROWS_A_FILE = 32 * ROW_GROUP

Partition = Mapping[str, str | None]


def write_files(
    uri: str,
    schema: pa.Schema,
    batches: Iterable[pa.RecordBatch],
    *,
    partition: Partition,
    measured: Iterable[str] = (),
    folder: str = "",
) -> list[AddAction]:
    """Write batches to new files under ``uri`` and return the actions that would add them.

    ``measured`` are the columns whose least and greatest value the table remembers.
    """
    rest = iter(batches)
    measured = tuple(measured)
    added = []
    for first in rest:
        path = f"{folder}{uuid.uuid4().hex}.parquet"
        metadata = _write_file(uri, path, schema, _some(chain([first], rest)))
        added.append(_action(uri, path, metadata, partition=partition, measured=measured))
    return added


def _some(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    rows = 0
    while rows < ROWS_A_FILE and (batch := next(batches, None)) is not None:
        rows += batch.num_rows
        yield batch


def _write_file(
    uri: str, path: str, schema: pa.Schema, batches: Iterator[pa.RecordBatch]
) -> pq.FileMetaData:
    """Write one file while the next batches are being made: Arrow works outside Python's lock."""
    files = filesystem(uri)
    if folder := path.rpartition("/")[0]:
        files.create_dir(folder, recursive=True)
    with ExitStack() as stack:
        stream = stack.enter_context(files.open_output_stream(path))
        writer = stack.enter_context(pq.ParquetWriter(stream, schema, **encoding(schema)))
        thread = stack.enter_context(ThreadPoolExecutor(1))
        pending: Future[None] | None = None
        for group in _groups(batches, schema):
            if pending is not None:
                pending.result()
            pending = thread.submit(writer.write_table, group, row_group_size=ROW_GROUP)
        if pending is not None:
            pending.result()
        writer.close()
        metadata = writer.writer.metadata
    make_durable(uri, path)
    return metadata


def _groups(batches: Iterator[pa.RecordBatch], schema: pa.Schema) -> Iterator[pa.Table]:
    group: list[pa.RecordBatch] = []
    for batch in batches:
        group.append(batch)
        if sum(part.num_rows for part in group) >= ROW_GROUP:
            yield pa.Table.from_batches(group, schema)
            group = []
    if group:
        yield pa.Table.from_batches(group, schema)


def encoding(schema: pa.Schema) -> dict[str, object]:
    """Return how files of the lake are encoded, as options of a ``ParquetWriter``.

    Numbers as differences, the rest as dictionaries: half the size, quickest to write and to read.
    """
    counted = [
        field.name
        for field in schema
        if pa.types.is_integer(field.type) or pa.types.is_timestamp(field.type)
    ]
    return {
        "compression": "snappy",
        "use_dictionary": [name for name in schema.names if name not in counted],
        "column_encoding": dict.fromkeys(counted, "DELTA_BINARY_PACKED"),
    }


def _action(
    uri: str,
    path: str,
    metadata: pq.FileMetaData,
    *,
    partition: Partition,
    measured: tuple[str, ...],
) -> AddAction:
    least, greatest = {}, {}
    for name in measured:
        least[name], greatest[name] = _range(metadata, name)
    return AddAction(
        path=path,
        size=filesystem(uri).get_file_info(path).size,
        partition_values=partition,
        modification_time=int(time.time() * 1000),
        data_change=True,
        stats=json.dumps(
            {
                "numRecords": metadata.num_rows,
                "minValues": least,
                "maxValues": greatest,
                "nullCount": {},
            }
        ),
    )


def _range(metadata: pq.FileMetaData, name: str) -> tuple[int, int]:
    column = metadata.schema.to_arrow_schema().get_field_index(name)
    groups = [
        metadata.row_group(n).column(column).statistics for n in range(metadata.num_row_groups)
    ]
    return min(found.min for found in groups), max(found.max for found in groups)


def least(action: AddAction, name: str) -> int:
    """Return the least value of a measured column in a file that was written."""
    found: int = json.loads(action.stats)["minValues"][name]
    return found
