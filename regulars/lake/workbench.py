"""Open DuckDB within the limits of the installation.

Every connection gets a spill folder of its own: two processes that share one overwrite each
other's files. No extension is ever fetched.
"""

import shutil
import time
import uuid
from datetime import timedelta
from pathlib import Path

import duckdb
from django.conf import settings

Workbench = duckdb.DuckDBPyConnection
WorkbenchFailed = duckdb.Error
ABANDONED = timedelta(days=2)


def workbench(*, folder: Path | None = None, ordered: bool = True) -> Workbench:
    """Open an empty DuckDB in memory, for work on files; what does not fit spills to ``folder``.

    Within REGULARS_MEMORY_MB, in UTC, its configuration locked, unable to fetch extensions.
    ``ordered=False`` lets rows of a file or a COPY change places, which needs less memory. The
    caller closes it, or uses it as a context manager; one thread at a time, others take a cursor.
    """
    spill = folder or settings.REGULARS_DATA / "spill"
    spill.mkdir(parents=True, exist_ok=True)
    _sweep(spill)
    return open_within_limits(spill=spill, ordered=ordered)


def open_within_limits(*, spill: Path, ordered: bool, locked: bool = True) -> Workbench:
    connection = duckdb.connect(
        ":memory:",
        config={
            "memory_limit": f"{settings.REGULARS_MEMORY_MB}MB",
            "temp_directory": str(spill / f"duckdb-{uuid.uuid4().hex}"),
            "preserve_insertion_order": ordered,
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
            "allow_community_extensions": False,
        },
    )
    connection.execute("SET TimeZone = 'UTC'")
    if locked:
        connection.execute("SET lock_configuration = true")
    return connection


def _sweep(spill: Path) -> None:
    """Remove what killed processes left behind; DuckDB removes its own folder when it closes."""
    oldest = time.time() - ABANDONED.total_seconds()
    for left in spill.glob("duckdb-*"):
        if left.stat().st_mtime < oldest:
            shutil.rmtree(left, ignore_errors=True)
