"""A worker in a process of its own, on the database of the tests, so that it can be killed.

``python -m regulars.work.tests.process DATABASE MODULE``: import the module, which declares what
there is to do, and work until told to stop.
"""

import importlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep


def wait_until(condition: Callable[[], bool], *, seconds: float = 15) -> None:
    deadline = monotonic() + seconds
    while not condition():
        assert monotonic() < deadline, "it took too long"
        sleep(0.02)


@contextmanager
def worker(module: str) -> Iterator[subprocess.Popen[bytes]]:
    """Start a worker that knows what ``module`` declares; kill it at the end."""
    from django.db import connection

    names = json.dumps(connection.settings_dict["NAME"])
    command = [sys.executable, "-m", "regulars.work.tests.process", names, module]
    process = subprocess.Popen(command, env=os.environ | {"PYTHONPATH": str(Path.cwd())})
    try:
        yield process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGCONT)
            process.kill()
        process.wait()


def main(database: str, module: str) -> None:
    import django
    from django.conf import settings

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "regulars.config.settings")
    settings.DATABASES["default"]["NAME"] = json.loads(database)
    django.setup()

    from regulars.work.public import Worker

    importlib.import_module(module)
    at_work = Worker()
    signal.signal(signal.SIGTERM, lambda *_: at_work.stopping.set())
    at_work.run()


if __name__ == "__main__":
    main(*sys.argv[1:])
