"""Stop a question when whoever asked it has asked a newer one, or when it takes too long."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from regulars.lake.engine import Interrupted

AGAIN = 0.05  # seconds; an engine that is between two queries does not notice an interruption


class Superseded(Exception):
    """A newer question took the place of this one, which was not answered."""


class TookTooLong(Exception):
    """The question was not answered in the time there was for it."""


class _Question:
    """What is being asked, and how the engines that work on it are interrupted."""

    def __init__(self) -> None:
        self.reason: type[Exception] | None = None
        self._told, self._over = threading.Event(), threading.Event()
        self._lock = threading.Lock()
        self._interrupts: list[Callable[[], None]] = []

    def stop(self, reason: type[Exception]) -> None:
        self.reason = self.reason or reason
        self._told.set()

    def watch(self, seconds: float) -> None:
        """Wait until it is over or to be stopped, and in that case interrupt it until it is."""
        if not self._told.wait(seconds):
            self.stop(TookTooLong)
        while not self._over.wait(AGAIN):
            with self._lock:
                for interrupt in self._interrupts:
                    interrupt()

    def finish(self) -> None:
        self._over.set()
        self._told.set()

    @contextmanager
    def worked_on(self, interrupt: Callable[[], None]) -> Iterator[None]:
        with self._lock:
            self._interrupts.append(interrupt)
        try:
            yield
        finally:
            with self._lock:
                self._interrupts.remove(interrupt)


_latest: dict[str, _Question] = {}
_lock = threading.Lock()
_asked: ContextVar[_Question | None] = ContextVar("asked", default=None)


@contextmanager
def superseding(asker: str, *, seconds: float) -> Iterator[None]:
    """Stop what the same asker still asks in this process, and ask for so long at most.

    What is read within the block can be stopped in the same way: it raises Superseded, or
    TookTooLong. An asker without a name supersedes nobody.
    """
    question = _Question()
    _supersede(asker, question)
    threading.Thread(target=question.watch, args=(seconds,), daemon=True).start()
    outer = _asked.set(question)
    try:
        yield
    except Interrupted as error:
        if question.reason is None:
            raise
        raise question.reason from error
    finally:
        _asked.reset(outer)
        question.finish()
        with _lock:
            if _latest.get(asker) is question:
                del _latest[asker]


@contextmanager
def stoppable(interrupt: Callable[[], None]) -> Iterator[None]:
    """Have an engine interrupted while the block runs, if the question that it serves is stopped.

    ``interrupt`` is called by another thread.
    """
    question = _asked.get()
    if question is None:
        yield
        return
    with question.worked_on(interrupt):
        yield


def _supersede(asker: str, question: _Question) -> None:
    if not asker:
        return
    with _lock:
        before, _latest[asker] = _latest.get(asker), question
    if before is not None:
        before.stop(Superseded)
