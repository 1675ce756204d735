"""The web server of one machine: granian, and the application in it."""

import os
import threading
from importlib import import_module
from time import sleep
from typing import Any

from django.core.wsgi import get_wsgi_application
from django.db import connection, connections
from django.urls import get_resolver
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from regulars.cli.parent import end_with_parent

# SQLite: more processes would only stand in line for the one writer.
SQLITE_THREADS, POSTGRESQL_THREADS = 6, 8
IDLE_SECONDS = 600
STOP_SECONDS = 10
COLUMNS_AFTER = 3.0


def serve_web(*, host: str, port: int, processes: int | None, access_log: bool) -> None:
    """Serve in this process and its children, until told to stop."""
    get_resolver().url_patterns  # noqa: B018 - loaded once here, shared by the children
    on_sqlite = connection.vendor == "sqlite"
    connections.close_all()
    Server(
        "regulars.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=processes or (1 if on_sqlite else os.cpu_count() or 1),
        blocking_threads=SQLITE_THREADS if on_sqlite else POSTGRESQL_THREADS,
        blocking_threads_idle_timeout=IDLE_SECONDS,
        websockets=False,
        log_level=LogLevels.info if access_log else LogLevels.error,
        log_access=access_log,
        respawn_failed_workers=True,
        workers_kill_timeout=STOP_SECONDS,
    ).serve(target_loader=_load, wrap_loader=False)


def _load() -> Any:
    """Load the application in a web process, which ends with the one that made it."""
    end_with_parent()
    application = get_wsgi_application()
    threading.Thread(target=_load_columns, name="columns", daemon=True).start()
    return application


def _load_columns() -> None:
    """Load what questions to the lake need, once the first pages have been served without it."""
    sleep(COLUMNS_AFTER)
    import_module("ibis.backends.duckdb")
