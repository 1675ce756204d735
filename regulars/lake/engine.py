"""The DuckDB of this process: one, so that its memory limit and its caches count once."""

import threading
from pathlib import Path

import duckdb
from django.conf import settings

from regulars.lake.place import on_disk, root
from regulars.lake.workbench import Workbench, open_within_limits

_lock = threading.Lock()
_engines: dict[tuple[str, int], Workbench] = {}


def engine() -> Workbench:
    """Return a new connection to the DuckDB of this process; it can open files of the lake only.

    Close it after use. Connections of one process share memory, threads and cached file footers.
    """
    at = (root(), settings.REGULARS_MEMORY_MB)
    with _lock:
        if at not in _engines:
            for other in _engines.values():
                other.close()
            _engines.clear()
            _engines[at] = _open()
        return _engines[at].cursor()


def _open() -> Workbench:
    spill: Path = settings.REGULARS_DATA / "spill"
    spill.mkdir(parents=True, exist_ok=True)
    connection = open_within_limits(spill=spill, ordered=False, locked=False)
    allowed = [str(spill), *([root()] if on_disk(root()) else [])]
    connection.execute("SET allowed_directories = ?", [allowed])
    connection.execute("SET enable_external_access = false; SET parquet_metadata_cache = true")
    return connection


def quoted(text: str) -> str:
    """Quote a text for SQL."""
    return "'" + text.replace("'", "''") + "'"


FailedRead = duckdb.IOException
Interrupted = duckdb.InterruptException
