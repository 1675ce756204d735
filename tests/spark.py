"""A Spark in this process for the tests that ask it, and a lake in memory that it can open."""

import os
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pytest

if TYPE_CHECKING:
    from regulars.lake.spark.views import SparkViews

QUICK = """
spark.driver.extraJavaOptions -XX:TieredStopAtLevel=1 -XX:+UseSerialGC
spark.sql.codegen.wholeStage false
spark.sql.codegen.factoryMode NO_CODEGEN
spark.default.parallelism 1
spark.sql.adaptive.enabled false
spark.sql.inMemoryColumnarStorage.compressed false
"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """PySpark leaves it to Python to close the sockets by which answers come."""
    for item in items:
        if item.get_closest_marker("spark"):
            item.add_marker(pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning"))


@pytest.fixture(scope="session")
def quick_spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Have Spark do without what only pays for itself with more than a few rows."""
    folder = tmp_path_factory.mktemp("spark")
    (folder / "spark-defaults.conf").write_text(QUICK)
    os.environ["SPARK_CONF_DIR"] = str(folder)
    yield
    del os.environ["SPARK_CONF_DIR"]
    _end()


def _end() -> None:
    from pyspark import SparkContext

    if SparkContext._active_spark_context is not None:
        gateway = SparkContext._gateway
        SparkContext._active_spark_context.stop()
        gateway.shutdown()
        gateway.proc.stdin.close()  # whereupon Java ends
        gateway.proc.wait(timeout=20)


@pytest.fixture
def spark(quick_spark: None, settings: Any) -> None:
    """Ask Spark instead of DuckDB."""
    settings.REGULARS_LAKE_ENGINE = "spark"
    settings.REGULARS_SPARK = "local[1]"


class Tables:
    """Tables in a session of Spark, as the lake gives them."""

    def __init__(self, views: "SparkViews", tables: Mapping[str, pa.Table]) -> None:
        from pyspark.sql.pandas.types import from_arrow_schema

        self._backend = views.backend
        for name, rows in tables.items():
            shape = from_arrow_schema(rows.schema)
            views._known(name, views._session.createDataFrame(rows.to_pylist(), shape))

    def table(self, name: str) -> Any:
        return self._backend.table(name)

    computed = table


@contextmanager
def open_tables(tables: Mapping[str, pa.Table]) -> Iterator[Tables]:
    """Show tables to Spark while the block lasts."""
    from regulars.lake.spark.views import SparkViews

    with closing(SparkViews()) as views:
        yield Tables(views, tables)
