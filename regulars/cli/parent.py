"""End with the process that started this one, so that a killed supervisor leaves nothing behind."""

import os
import signal
import threading
from time import sleep

LOOK_EVERY = 1.0  # seconds
GRACE = 8.0


def end_with_parent() -> None:
    """Stop this process, gently and then for good, when its parent is gone."""
    threading.Thread(target=_watch, args=(os.getppid(),), name="parent", daemon=True).start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        sleep(LOOK_EVERY)
    os.kill(os.getpid(), signal.SIGTERM)
    sleep(GRACE)
    os.kill(os.getpid(), signal.SIGKILL)
