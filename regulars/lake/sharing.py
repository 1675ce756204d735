"""One opening of the lake for all that is asked of it in turn, as by the parts of a page."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Shared:
    """What is open; ``at_hand`` is what the next question is asked of, unless it is out of date."""

    open: ExitStack = field(default_factory=ExitStack)
    at_hand: Any = None


_shared: ContextVar[Shared | None] = ContextVar("shared", default=None)


@contextmanager
def reading_once() -> Iterator[None]:
    """Let ``reading()`` open the lake once at most while the block runs, so that all is of one
    moment. What this thread writes to the lake, or waits for, is seen by what it asks afterwards.
    """
    if _shared.get() is not None:
        yield
        return
    shared = Shared()
    token = _shared.set(shared)
    try:
        with shared.open:
            yield
    finally:
        _shared.reset(token)


def shared() -> Shared | None:
    return _shared.get()


def ask_anew() -> None:
    """Have the next question of this thread open the lake as it then is."""
    if (known := _shared.get()) is not None:
        known.at_hand = None
