"""Start Spark, once a process, and at the first question only."""

import os
import socket
import sys
import threading
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.conf import settings

from regulars.lake.unavailable import EngineUnavailable

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_lock = threading.Lock()
_started: "list[SparkSession]" = []  # at most one
PATIENCE = 5.0  # seconds for a cluster to pick up
MASTER_PORT = 7077
LOGS = Path(__file__).with_name("log4j2.properties")
JAVA_NEEDED = (
    "Spark did not start. It needs Java 17 or 21, found by JAVA_HOME or on PATH, such as "
    "`apt-get install openjdk-17-jre-headless`; what it said itself stands above. "
    "REGULARS_LAKE_ENGINE=duckdb does without."
)
ALWAYS = {
    "spark.app.name": "Regulars",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.ansi.enabled": "true",
    "spark.sql.catalogImplementation": "in-memory",
    "spark.driver.maxResultSize": "0",  # answers come whole; the driver's memory is their limit
    "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "ERROR",
}


def open_session() -> "SparkSession":
    """Return a session with views of its own, in the Spark of this process.

    Raises EngineUnavailable.
    """
    with _lock:
        if not _started or is_gone():
            _started[:] = [_start()]
        return _started[0].newSession()


def is_gone() -> bool:
    """Whether Spark was started and has ended since, by itself or by somebody's hand."""
    try:
        return bool(_started and _started[0].sparkContext._jsc.sc().isStopped())
    except Exception:  # noqa: BLE001 - its Java does not answer any more
        return True


def look_for_spark() -> None:
    """See whether Spark is installed and somebody answers where it should be.

    Raises EngineUnavailable.
    """
    if find_spec("pyspark") is None:
        raise EngineUnavailable(
            "REGULARS_LAKE_ENGINE is spark, and Spark is not installed. "
            "Run `bin/setup --spark` or `pip install 'regulars[spark]'`, or choose duckdb."
        )
    _knock(settings.REGULARS_SPARK)


def _start() -> "SparkSession":
    look_for_spark()
    from pyspark import SparkContext
    from pyspark.errors import PySparkException
    from pyspark.sql import SparkSession

    for one in _started:
        with suppress(Exception):  # what is left of it on this side
            one.stop()
        SparkContext._active_spark_context = SparkContext._gateway = SparkContext._jvm = None
    builder = SparkSession.builder.master(settings.REGULARS_SPARK)
    for name, value in _configuration().items():
        builder = builder.config(name, value)
    try:
        begun = builder.getOrCreate()
    except PySparkException as error:
        raise EngineUnavailable(JAVA_NEEDED) from error
    except Exception as error:
        raise EngineUnavailable(
            f"Spark at {settings.REGULARS_SPARK} did not take us: {what_it_said(error)}. "
            "See docs/guides/spark.md; it needs Java 17 or 21 here."
        ) from error
    if _is_local():
        begun.sparkContext.pythonExec = sys.executable
    return begun


def _configuration() -> dict[str, str]:
    told = {**ALWAYS, "spark.driver.memory": f"{settings.REGULARS_MEMORY_MB}m"}
    if not _is_local():
        return told
    spill: Path = settings.REGULARS_DATA / "spill"
    spill.mkdir(parents=True, exist_ok=True)
    return told | {
        "spark.driver.defaultJavaOptions": f"-Dlog4j2.configurationFile={LOGS.as_uri()}",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.ui.enabled": "false",
        "spark.local.dir": str(spill),
        "spark.sql.warehouse.dir": str(spill),
        "spark.sql.shuffle.partitions": str(os.cpu_count() or 2),
    }


def _is_local() -> bool:
    return bool(settings.REGULARS_SPARK.startswith("local"))


def _knock(master: str) -> None:
    """Knock at the door of a cluster, for Spark itself would try for minutes.

    Of several masters one must answer. One found by files of configuration is not looked for.
    Raises EngineUnavailable.
    """
    doors = _doors(master)
    for host, port in doors:
        try:
            socket.create_connection((host, port), PATIENCE).close()
        except OSError:
            continue
        return
    if doors:
        raise EngineUnavailable(
            f"Nobody answers at {master}, where REGULARS_SPARK says the Spark cluster is. "
            "Start it, or correct the address; REGULARS_SPARK=local[*] needs no cluster."
        )


def _doors(master: str) -> list[tuple[str, int]]:
    if master.startswith("spark://"):
        listed = (urlsplit(f"//{one}") for one in master.removeprefix("spark://").split(","))
        return [(one.hostname or "", one.port or MASTER_PORT) for one in listed]
    if master.startswith("k8s://"):
        one = urlsplit(master.removeprefix("k8s://"))
        return [(one.hostname, one.port or 443)] if one.hostname else []
    return []


def what_it_said(error: Any) -> str:
    """Return the cause an error of Spark names, without the stack of Java around it."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    causes = [line for line in lines if line.startswith(("Caused by:", ": "))]
    said = (causes or lines or [type(error).__name__])[-1]
    return said.removeprefix("Caused by:").removeprefix(": ").strip()[:300]
