"""Renew in the background what this process holds, on a connection of its own."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic
from typing import Protocol

from django.db import connection, connections

from regulars.work.troubles import describe

log = logging.getLogger(__name__)


class Kept(Protocol):
    def beat(self) -> None: ...


class Keeper:
    """One thread for all that is held; it sleeps until something is due."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._due: dict[Kept, float] = {}
        self._every: dict[Kept, float] = {}
        self._thread: threading.Thread | None = None

    def add(self, kept: Kept, *, every: float) -> None:
        with self._changed:
            self._every[kept] = every
            self._due[kept] = monotonic() + every
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="keeper", daemon=True)
                self._thread.start()
            self._changed.notify()

    def remove(self, kept: Kept) -> None:
        with self._changed:
            self._every.pop(kept, None)
            self._due.pop(kept, None)

    def _run(self) -> None:
        while True:
            due = self._wait()
            for kept in due:
                self._beat(kept)
            connections.close_all()

    def _wait(self) -> list[Kept]:
        with self._changed:
            while True:
                now = monotonic()
                due = [kept for kept, at in self._due.items() if at <= now]
                if due:
                    self._due |= {kept: now + self._every[kept] for kept in due}
                    return due
                soonest = min(self._due.values(), default=None)
                self._changed.wait(None if soonest is None else soonest - now)

    def _beat(self, kept: Kept) -> None:
        try:
            _be_impatient()
            kept.beat()
        except Exception as error:  # noqa: BLE001 - one must not keep the others from renewal
            log.warning("could not renew: %s", describe(error))


def _be_impatient() -> None:
    """Do not wait for a row that a long transaction of this process holds: others are due too."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '1s'")


_keeper = Keeper()


@contextmanager
def keeping(kept: Kept, *, every: float) -> Iterator[None]:
    """Renew ``kept`` every so many seconds while the block runs.

    Inside a transaction nothing is renewed: nobody else can see what is held there yet.
    """
    if connection.in_atomic_block:
        yield
        return
    _keeper.add(kept, every=every)
    try:
        yield
    finally:
        _keeper.remove(kept)
