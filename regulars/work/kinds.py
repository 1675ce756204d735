"""Task kinds, declared once by the app that does the work."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.functional import Promise

if TYPE_CHECKING:
    from regulars.work.control import TaskControl
    from regulars.work.models import Task

_kinds: dict[str, "TaskKind"] = {}


class KindDeclaredTwice(Exception):
    """Two functions want to do the same kind of task."""


class UnknownTaskKind(Exception):
    """A task was asked for that nobody has declared."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskKind:
    """What a kind of task is called, who does it, and how many crashes it may survive.

    ``ended`` hears of a task that ended before its work was done.
    """

    name: str
    title: str | Promise
    run: Callable[["TaskControl"], None]
    attempts: int
    ended: "Callable[[Task], None] | None" = None


def task_kind(
    name: str,
    *,
    title: str | Promise = "",
    attempts: int = 3,
    ended: "Callable[[Task], None] | None" = None,
) -> Callable[[Callable[["TaskControl"], None]], Callable[["TaskControl"], None]]:
    """Declare the function below as the one that does tasks of this kind.

    It must be idempotent: after a crash it runs again from the start, up to ``attempts`` times.
    ``ended`` is called, in the transaction that writes it down, when a task failed for good or was
    cancelled, also when that happened before or between its runs.
    """

    def declare(run: Callable[["TaskControl"], None]) -> Callable[["TaskControl"], None]:
        known = _kinds.get(name)
        if known is not None and known.run is not run:
            raise KindDeclaredTwice(f"The task kind {name!r} is declared twice.")
        _kinds[name] = TaskKind(
            name=name, title=title or name, run=run, attempts=attempts, ended=ended
        )
        return run

    return declare


def kind_named(name: str) -> TaskKind:
    if name not in _kinds:
        raise UnknownTaskKind(f"No app declares the task kind {name!r} in its tasks.py.")
    return _kinds[name]


def task_kinds() -> dict[str, TaskKind]:
    """Return every declared kind by its name."""
    return dict(_kinds)
