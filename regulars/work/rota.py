"""Duties, declared once by the app whose duty it is: what a worker does again and again."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.utils.functional import Promise

Run = Callable[[], object]

_duties: dict[str, "Duty"] = {}


class DutyDeclaredTwice(Exception):
    """Two functions want to do one duty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """What is done every so often, by one worker at a time."""

    name: str
    title: str | Promise
    every: timedelta
    run: Run


def duty(name: str, *, every: timedelta, title: str | Promise = "") -> Callable[[Run], Run]:
    """Declare the function below as a duty. It takes nothing, and returns true to go on at once.

    A failure is recorded, shown, and tried again after a growing pause.
    """

    def declare(run: Run) -> Run:
        known = _duties.get(name)
        if known is not None and known.run is not run:
            raise DutyDeclaredTwice(f"The duty {name!r} is declared twice.")
        _duties[name] = Duty(name=name, title=title or name, every=every, run=run)
        return run

    return declare


def duties() -> dict[str, Duty]:
    """Return every declared duty by its name."""
    return dict(_duties)
