from collections.abc import Iterator
from typing import Protocol

import pyarrow as pa


class View(Protocol):
    """The committed state of the database at one moment."""

    def batches(self, sql: str, schema: pa.Schema) -> Iterator[pa.RecordBatch]:
        """Run the SELECT and give its rows in batches of this schema; memory stays bounded."""
        ...

    def row(self, sql: str) -> tuple[object, ...]:
        """Run a SELECT of one row and return it."""
        ...
