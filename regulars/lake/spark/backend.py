"""Ibis on Spark, with answers that come as Arrow from end to end."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import ibis.expr.datatypes as dt
import ibis.expr.operations as ops
import pyarrow as pa
import pyarrow.compute as pc
from django.conf import settings
from ibis.backends.pyspark import Backend
from ibis.backends.pyspark.datatypes import PySparkSchema
from ibis.expr.schema import Schema

from regulars.lake.spark.dialect import MATCHES, dialect
from regulars.lake.spark.session import is_gone, what_it_said
from regulars.lake.unavailable import EngineUnavailable

AT_ONCE = 65_536
Backend.register_options()


class SparkBackend(Backend):  # type: ignore[misc]
    """What Ibis has, less its detour by pandas, in which large numbers with gaps are rounded."""

    name = "pyspark"
    compiler = dialect

    def get_schema(self, table_name: str, **where: Any) -> Schema:
        """Instants are those of UTC, as in the lake."""
        found = super().get_schema(table_name, **where)
        return Schema({name: _in_utc(kind) for name, kind in found.items()})

    def to_pyarrow(self, expr: Any, /, **asked: Any) -> Any:
        self._run_pre_execute_hooks(expr)
        table = expr.as_table()
        sql = self.compile(table, params=asked.get("params"), limit=asked.get("limit"))
        with _if_gone_in_a_sentence():
            found: pa.Table = self.raw_sql(sql).toArrow()
        wanted = table.schema().to_pyarrow()
        return expr.__pyarrow_result__(found.rename_columns(wanted.names).cast(wanted))

    def to_pyarrow_batches(
        self, expr: Any, /, *, chunk_size: int = AT_ONCE, **asked: Any
    ) -> pa.RecordBatchReader:
        found = self.to_pyarrow(expr.as_table(), **asked)
        return found.to_reader(max_chunksize=chunk_size)

    def _register_in_memory_table(self, op: ops.InMemoryTable) -> None:
        given = op.data.to_pyarrow(op.schema)
        shape = PySparkSchema.from_ibis(op.schema)
        self._session.createDataFrame(given, shape).createOrReplaceTempView(op.name)

    def _register_udfs(self, expr: Any) -> None:
        super()._register_udfs(expr)
        if expr.op().find(ops.RegexSearch):
            self._session.udf.register(MATCHES, _matching())


@contextmanager
def _if_gone_in_a_sentence() -> Iterator[None]:
    try:
        yield
    except Exception as error:
        if not is_gone():
            raise
        raise EngineUnavailable(
            f"Spark at {settings.REGULARS_SPARK} is gone: {what_it_said(error)} "
            "The next question starts it again."
        ) from error


def _in_utc(kind: dt.DataType) -> dt.DataType:
    return kind.copy(timezone="UTC") if kind.is_timestamp() else kind


def _matching() -> Any:
    """Return RE2, as DuckDB has it: Java's own patterns mean other things, and can explode."""
    import pandas as pd
    from pyspark.sql.functions import pandas_udf

    def matches(texts: pd.Series, patterns: pd.Series) -> pd.Series:
        if not len(texts):
            return pd.Series([], dtype="boolean")
        given = pa.array(texts, pa.string(), from_pandas=True)
        return pc.match_substring_regex(given, patterns.iloc[0]).to_pandas()

    return pandas_udf(matches, "boolean")
