"""Say in SQL what a table of the lake holds."""

from collections.abc import Sequence

import pyarrow as pa
import pyarrow.dataset as ds

from regulars.lake.engine import quoted
from regulars.lake.place import filesystem, on_disk
from regulars.lake.tables import File, LakeTable
from regulars.lake.workbench import Workbench


def scan(connection: Workbench, uri: str, paths: Sequence[str], schema: pa.Schema) -> str:
    """Return a FROM item for these files; without any, for a table of no rows."""
    if not paths:
        return _registered(connection, schema.empty_table())
    if on_disk(uri):
        listed = ", ".join(quoted(f"{uri}/{path}") for path in paths)
        return f"read_parquet([{listed}], hive_partitioning=false)"
    files = ds.dataset(list(paths), schema, "parquet", filesystem(uri), partitioning=None)
    return _registered(connection, files)


def valid_rows(
    connection: Workbench, table: LakeTable, *, files: Sequence[File] | None = None
) -> str:
    """Return a SELECT of the rows that hold: the data, in some files or all, less the voids."""
    mirror = table.mirror
    chosen = table.data if files is None else files
    data = scan(connection, table.uri, [file.path for file in chosen], mirror.schema)
    if not table.voids:
        return f"SELECT * FROM {data}"  # noqa: S608
    paths = [file.path for file in table.voids]
    voids = scan(connection, table.uri, paths, mirror.identity_schema)
    same = " AND ".join(f"data.{name} = void.{name}" for name in mirror.identity)
    return f"SELECT * FROM {data} AS data ANTI JOIN {voids} AS void ON {same}"  # noqa: S608


def _registered(connection: Workbench, rows: object) -> str:
    name = f"lake_{id(rows)}"
    connection.register(name, rows)
    return name
