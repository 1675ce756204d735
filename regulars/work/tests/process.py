"""A worker in a process of its own, on the database of the tests, so that it can be killed.

The processes are forked from one that has loaded everything, which saves seconds for each.
"""

import importlib
import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.context import ForkServerProcess
from time import monotonic, sleep
from typing import Any

_context = multiprocessing.get_context("forkserver")
_context.set_forkserver_preload(["regulars.work.tests.loaded"])


def wait_until(condition: Callable[[], bool], *, seconds: float = 90) -> None:
    deadline = monotonic() + seconds
    while not condition():
        assert monotonic() < deadline, "it took too long"
        sleep(0.02)


@contextmanager
def worker(module: str) -> Iterator[ForkServerProcess]:
    """Start a worker that knows what ``module`` declares; kill it at the end."""
    from django.db import connection

    process = _context.Process(target=_work, args=(connection.settings_dict["NAME"], module))
    process.start()
    try:
        yield process
    finally:
        if process.is_alive():
            os.kill(process.pid, signal.SIGCONT)
            process.kill()
        process.join()


def _work(database: Any, module: str) -> None:
    from django.db import connection

    from regulars.work.public import Worker

    connection.settings_dict["NAME"] = database
    importlib.import_module(module)
    at_work = Worker()
    signal.signal(signal.SIGTERM, lambda *_: at_work.stopping.set())
    at_work.run()
