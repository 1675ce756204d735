"""Say in SQL what a table of the lake holds."""

from collections.abc import Sequence

import pyarrow as pa

from regulars.lake.computed_files import ComputedFiles
from regulars.lake.engine import quoted
from regulars.lake.place import filesystem, on_disk
from regulars.lake.tables import File, LakeTable
from regulars.lake.workbench import Workbench

PARTITION_TYPES = {pa.int32(): "INTEGER", pa.string(): "VARCHAR", pa.date32(): "DATE"}


def scan(connection: Workbench, uri: str, paths: Sequence[str], schema: pa.Schema) -> str:
    """Return a FROM item for these files; without any, for a table of no rows."""
    if not paths:
        return _registered(connection, schema.empty_table())
    if on_disk(uri):
        listed = ", ".join(quoted(f"{uri}/{path}") for path in paths)
        return f"read_parquet([{listed}], hive_partitioning=false)"
    import pyarrow.dataset as ds  # costs a second, and only object stores need it

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
        return f"SELECT * FROM {data}"
    paths = [file.path for file in table.voids]
    voids = scan(connection, table.uri, paths, mirror.identity_schema)
    same = " AND ".join(f"data.{name} = void.{name}" for name in mirror.identity)
    return f"SELECT * FROM {data} AS data ANTI JOIN {voids} AS void ON {same}"


def computed_rows(connection: Workbench, files: ComputedFiles) -> str:
    """Return a SELECT of a computed table; a filter on its partitions opens only their files."""
    if not files.paths:
        return f"SELECT * FROM {_registered(connection, files.schema.empty_table())}"
    if not on_disk(files.uri):
        import pyarrow.dataset as ds

        hive = ds.partitioning(
            pa.schema([files.schema.field(name) for name in files.partition_by]), flavor="hive"
        )
        rows = ds.dataset(
            list(files.paths), files.schema, "parquet", filesystem(files.uri), partitioning=hive
        )
        return f"SELECT * FROM {_registered(connection, rows)}"
    listed = ", ".join(quoted(f"{files.uri}/{path}") for path in files.paths)
    types = ", ".join(
        f"{name}: {PARTITION_TYPES[files.schema.field(name).type]}" for name in files.partition_by
    )
    columns = ", ".join(f'"{name}"' for name in files.schema.names)
    return (
        f"SELECT {columns} FROM read_parquet([{listed}], hive_partitioning = true, "
        f"hive_types = {{{types}}})"
    )


def _registered(connection: Workbench, rows: object) -> str:
    name = f"lake_{id(rows)}"
    connection.register(name, rows)
    return name
