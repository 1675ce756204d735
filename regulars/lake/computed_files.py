"""What a computed table consists of at its newest version."""

from dataclasses import dataclass

import pyarrow as pa
from deltalake import DeltaTable

WIDENED = "regulars.widened"  # set when older files lack columns that newer ones have


class NotInTheLake(Exception):
    """No table of that name is in this state of the lake."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ComputedFiles:
    """The files at one version; ``widened`` when older ones lack columns of the schema."""

    uri: str
    paths: tuple[str, ...]
    schema: pa.Schema
    partition_by: tuple[str, ...]
    widened: bool


def computed_files(uri: str) -> ComputedFiles:
    """Open a computed table at its newest version. Raises NotInTheLake."""
    if not DeltaTable.is_deltatable(uri):
        raise NotInTheLake(f"Nothing was computed yet into {uri.rpartition('/')[2]!r}.")
    delta = DeltaTable(uri)
    metadata = delta.metadata()
    files = pa.table(delta.get_add_actions())
    return ComputedFiles(
        uri=uri,
        paths=tuple(files["path"].to_pylist()),
        schema=pa.schema(delta.schema()),
        partition_by=tuple(metadata.partition_columns),
        widened=WIDENED in metadata.configuration,
    )
