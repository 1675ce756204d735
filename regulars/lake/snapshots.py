"""Which states of the lake readers may open, and since when."""

import time
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from regulars.lake.models import Snapshot
from regulars.lake.sharing import ask_anew

KEPT = timedelta(hours=2)  # a reader has this long before the files under it may go
PULSE = timedelta(seconds=5)  # how often an unchanged lake says that it is still current
PATIENCE = 0.05


class NeverMirrored(Exception):
    """The lake was never filled, so that there is nothing to read."""


class NotMirroredInTime(Exception):
    """The lake did not reach the revision somebody waits for."""


def latest_snapshot() -> Snapshot | None:
    """Return the newest snapshot, or None when the lake was never filled."""
    return Snapshot.objects.order_by("-id").first()


def home() -> str:
    """Return the folder of this installation in the lake: two databases never share one.

    Raises NeverMirrored before the lake is first filled.
    """
    return home_of(current())


def home_of(snapshot: Snapshot) -> str:
    """Return the folder of the installation that a snapshot belongs to."""
    return snapshot.generation.partition("/")[0]


def current() -> Snapshot:
    """Return the newest snapshot. Raises NeverMirrored."""
    snapshot = latest_snapshot()
    if snapshot is None:
        raise NeverMirrored(
            "The lake is empty. A worker fills it, and so does regulars lake catch-up."
        )
    return snapshot


def wait_for(revision: int, *, timeout: float) -> Snapshot:
    """Wait until the lake shows the revision and return the snapshot that does.

    ``timeout`` in seconds. Somebody else fills the lake: the worker, or ``catch_up()``. Raises
    NotMirroredInTime.
    """
    deadline = time.monotonic() + timeout
    while True:
        snapshot = latest_snapshot()
        if snapshot is not None and snapshot.revision >= revision:
            ask_anew()
            return snapshot
        if time.monotonic() >= deadline:
            reached = snapshot.revision if snapshot else 0
            raise NotMirroredInTime(f"The lake is at revision {reached}, not yet at {revision}.")
        time.sleep(PATIENCE)


def keep(state: Snapshot, *, at: datetime) -> Snapshot:
    """Let readers open this state from now on. If it is the last one, say that it still holds.

    The horizon may fall back a little; what a snapshot promised stays true of its versions.
    """
    ask_anew()
    last = latest_snapshot()
    same = last and (last.generation, last.versions) == (state.generation, state.versions)
    if not last or not same:
        return _add(state, at)
    if last.revision < state.revision or at - last.at >= PULSE:
        last.revision, last.at = max(last.revision, state.revision), at
        last.save(update_fields=["revision", "at"])
    return last


def _add(state: Snapshot, at: datetime) -> Snapshot:
    state.at = at
    with transaction.atomic():
        state.save(force_insert=True)
        Snapshot.objects.filter(at__lt=at - KEPT).exclude(pk=state.pk).delete()
    return state


def age(snapshot: Snapshot) -> timedelta:
    """Return how long ago the lake was last known to show everything."""
    return timezone.now() - snapshot.at
