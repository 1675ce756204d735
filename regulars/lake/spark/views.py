"""The tables of the lake as views of Spark: the files of exactly one version, less the voids."""

from collections.abc import Sequence
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
from django.conf import settings

from regulars.lake.computed_files import ComputedFiles
from regulars.lake.place import on_disk, root
from regulars.lake.spark.session import open_session
from regulars.lake.tables import LakeTable

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

    from regulars.lake.spark.backend import SparkBackend


class SparkViews:
    """Views in a session of Spark of their own. Raises EngineUnavailable when it is opened."""

    def __init__(self) -> None:
        self._session: SparkSession = open_session()
        self._names: list[str] = []

    @cached_property
    def backend(self) -> "SparkBackend":
        from regulars.lake.spark.backend import SparkBackend

        backend: SparkBackend = SparkBackend().connect(self._session)
        return backend

    def show(self, view: str, table: LakeTable) -> None:
        """Make a mirrored table known: the rows that hold, each once."""
        mirror = table.mirror
        rows = self._rows(table.uri, [file.path for file in table.data], mirror.schema)
        if table.voids:
            paths = [file.path for file in table.voids]
            void = self._rows(table.uri, paths, mirror.identity_schema)
            rows = rows.join(void, list(mirror.identity), "left_anti")
        self._known(view, rows.select(*mirror.schema.names))

    def show_computed(self, view: str, files: ComputedFiles) -> None:
        """Make a computed table known; a filter on its partitions opens only their files."""
        rows = self._rows(files.uri, files.paths, files.schema)
        self._known(view, rows.select(*files.schema.names))

    def interrupt(self) -> None:
        """Let the job run: Spark stops those of a group, and groups belong to threads."""

    def close(self) -> None:
        for name in self._names:
            with suppress(Exception):  # a Spark that is gone has forgotten them
                self._session.catalog.dropTempView(name)

    def _known(self, view: str, rows: "DataFrame") -> None:
        rows.createOrReplaceTempView(view)
        self._names.append(view)

    def _rows(self, uri: str, paths: Sequence[str], schema: pa.Schema) -> "DataFrame":
        from pyspark.sql.pandas.types import from_arrow_schema

        shape = from_arrow_schema(schema)
        if not paths:
            return self._session.createDataFrame([], shape)
        place = seen_by_spark(uri)
        told = {"basePath": place, "__globPaths__": "false"}  # names hold no patterns
        read = self._session.read.schema(shape).options(**told)
        return read.parquet(*(f"{place}/{path}" for path in paths))


def seen_by_spark(uri: str) -> str:
    """Return a place of the lake in the words of Spark's file systems."""
    if settings.REGULARS_SPARK_LAKE:
        return settings.REGULARS_SPARK_LAKE.rstrip("/") + uri.removeprefix(root())
    if on_disk(uri):
        return f"file://{Path(uri).absolute()}"
    return uri.replace("s3://", "s3a://", 1) if uri.startswith("s3://") else uri
