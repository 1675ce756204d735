"""Let one process at a time do something, and let another take over when that one dies.

Expiry is judged by the database's clock, so that the clocks of the hosts need not agree. A lease
is renewed in the background while it is held. Whoever finds it lost must stop: `Held.renew` and
`Held.check` raise LeaseLost. A lease alone cannot stop a process that sleeps through its expiry
and wakes up in the middle of a write; what must never happen twice also locks a row it changes.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from time import monotonic

from django.db import Error, connection
from django.db.models import Q
from django.db.models.functions import Now

from regulars.work.holder import gives_a_sign, lives_here, new_holder
from regulars.work.keeper import keeping
from regulars.work.models import Lease
from regulars.work.pulse import pulse
from regulars.work.troubles import describe

LEASE_SECONDS = 30
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
# On SQLite one long write of the holder itself keeps it from renewing; its pulse goes on.
BUSY_GRACE = timedelta(minutes=15)

log = logging.getLogger(__name__)


class LeaseLost(Exception):
    """Another process has taken over; this one must stop, and write nothing more."""


class Held:
    """A lease in hand."""

    def __init__(self, duty: str, holder: str, seconds: float) -> None:
        self.duty = duty
        self.holder = holder
        self.seconds = seconds
        self.lost = False
        self._renewed_at = monotonic()

    def check(self) -> None:
        """Raise LeaseLost when another has it, or when it could not be renewed; asks nobody."""
        if self.lost or has_run_out(self._renewed_at, seconds=self.seconds):
            raise LeaseLost(f"Another process has taken over {self.duty}.")

    def renew(self) -> None:
        """Extend the lease; raise LeaseLost when another has it."""
        self.beat()
        self.check()

    def beat(self) -> None:
        asked_at = monotonic()
        renewed = Lease.objects.filter(duty=self.duty, holder=self.holder).update(
            expires_at=Now() + timedelta(seconds=self.seconds)
        )
        self.lost = self.lost or not renewed
        self._renewed_at = asked_at


@contextmanager
def lease(duty: str, *, seconds: float = LEASE_SECONDS) -> Iterator[Held | None]:
    """Hold the lease of that name for the block, renewing it; give None when another holds it."""
    held = take(duty, seconds=seconds)
    if held is None:
        yield None
        return
    try:
        with keeping(held, every=seconds / 4):
            yield held
    finally:
        give_back(held)


def take(duty: str, *, seconds: float, holder: str = "") -> Held | None:
    """Take a lease that is free; the caller renews it and gives it back."""
    row = Lease.objects.filter(duty=duty).first()
    if row is None:
        row = Lease(duty=duty, holder="", expires_at=LONG_AGO)
        Lease.objects.bulk_create([row], ignore_conflicts=True)
    theirs = Lease.objects.filter(free_to_take(row.holder), duty=duty, holder=row.holder)
    if not theirs.exists():
        return None
    held = Held(duty, holder or new_holder(), seconds)
    expires_at = Now() + timedelta(seconds=seconds)
    return held if theirs.update(holder=held.holder, expires_at=expires_at) else None


def give_back(held: Held) -> None:
    """Free the lease for others; one that cannot be given back expires by itself."""
    if connection.in_atomic_block and connection.needs_rollback:
        return
    try:
        Lease.objects.filter(duty=held.duty, holder=held.holder).update(
            holder="", expires_at=LONG_AGO
        )
    except Error as error:
        log.warning("could not give back %s: %s", held.duty, describe(error))


def free_to_take(holder: str) -> Q:
    """Return the condition under which what this holder holds may be taken from it."""
    alive = lives_here(holder)
    if alive is False:
        return Q(holder=holder)
    if alive and connection.vendor == "sqlite" and gives_a_sign(holder):
        return Q(expires_at__lte=Now() - BUSY_GRACE)
    return Q(expires_at__lte=Now())


def has_run_out(renewed_at: float, *, seconds: float) -> bool:
    """Tell whether what was last renewed then may have been taken over, by our own clock."""
    late = monotonic() - renewed_at - seconds
    if connection.vendor != "sqlite":
        return late > 0
    return late > BUSY_GRACE.total_seconds() or (
        late > 0 and pulse.missed_within(monotonic() - renewed_at)
    )
