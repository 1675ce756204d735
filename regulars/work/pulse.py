"""A sign of life beside the database, for SQLite.

There a long write keeps everybody from renewing a lease, its own holder first. So a process that
holds something touches a file of its own; whose file grows old is stopped or hung, and what it
holds may be taken as soon as it has expired. The process itself sees the gap when it wakes.
"""

import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

EVERY = 4.0  # seconds
MISSED = 15.0  # after so long a gap a process counts itself out …
STALE = 20.0  # … a little earlier than others do
FORGOTTEN = 24 * 3600.0


class Pulse:
    """The sign of life of this process; wall-clock time, for a machine that slept counts too."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: tuple[int, Path] | None = None
        self._beaten_at = 0.0
        self._gap_ended_at = 0.0

    def begin(self, name: str) -> None:
        """Beat from now on, once in a process; a fork begins anew."""
        path = _folder() / name
        kept = os.getpid(), path
        with self._lock:
            if self._kept == kept:
                return
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch()
            self._kept, self._beaten_at, self._gap_ended_at = kept, time.time(), 0.0
        _sweep()
        threading.Thread(target=self._run, args=kept, name="pulse", daemon=True).start()

    def missed_within(self, seconds: float) -> bool:
        """Tell whether others may have missed it for a while within the last so many seconds."""
        now = time.time()
        return now - self._beaten_at > MISSED or self._gap_ended_at > now - seconds

    def beat(self, path: Path) -> None:
        now = time.time()
        if now - self._beaten_at > MISSED:
            self._gap_ended_at = now
        self._beaten_at = now
        path.touch()

    def _run(self, process: int, path: Path) -> None:
        while self._kept == (process, path):
            time.sleep(EVERY)
            try:
                self.beat(path)
            except OSError:  # the folder is gone, or the disk is full: others may take over
                self._gap_ended_at = time.time()


pulse = Pulse()


def beats(name: str) -> bool:
    """Tell whether the process of that name gave a sign of life a short while ago."""
    try:
        return time.time() - (_folder() / name).stat().st_mtime <= STALE
    except OSError:
        return False


def _folder() -> Path:
    return Path(settings.REGULARS_DATA) / "pulse"


def _sweep() -> None:
    for path in _old():
        path.unlink(missing_ok=True)


def _old() -> Iterator[Path]:
    for path in _folder().iterdir():
        try:
            if time.time() - path.stat().st_mtime > FORGOTTEN:
                yield path
        except OSError:
            continue
