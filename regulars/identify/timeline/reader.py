"""Declare a reader, and make reading a duty of the workers."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from functools import partial

from django.utils.functional import Promise

from regulars.identify.timeline.kinds import Kind
from regulars.identify.timeline.readers import React, Reader, Start, add
from regulars.identify.timeline.reading import read
from regulars.work.public import duty

EVERY = timedelta(seconds=0.5)
BATCH = 2_000


def reader(
    name: str,
    *,
    kinds: Iterable[Kind | str] | None,
    start: Start = Start.FROM_NOW,
    backfill: bool = False,
    replayable: bool = False,
    batch: int = BATCH,
    title: str | Promise = "",
) -> Callable[[React], React]:
    """Declare the function below as a reader: it takes a list of events in sequence order.

    It runs in the transaction that advances its cursor, so its effects happen once. ``kinds``
    None: all. ``backfill``: whether it is handed imported history too, which must never trigger a
    message or a reward by itself. ``replayable``: whether events may be handed to it again; its
    effects must then be the same however often.
    """

    def declare(react: React) -> React:
        declared = Reader(
            name=name,
            title=title or name,
            react=react,
            kinds=None if kinds is None else frozenset(_name(kind) for kind in kinds),
            start=start,
            backfill=backfill,
            replayable=replayable,
            batch=batch,
        )
        add(declared)
        duty(duty_of(name), every=EVERY, title=declared.title)(partial(read, declared))
        return react

    return declare


def duty_of(reader_name: str) -> str:
    """Return the name of the duty under which a worker runs this reader."""
    return f"reader {reader_name}"


def _name(kind: Kind | str) -> str:
    return kind if isinstance(kind, str) else kind.name
