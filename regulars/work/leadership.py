"""The duties one worker leads: taken one by one, renewed together in one statement."""

import threading
from datetime import timedelta
from time import monotonic

from django.db.models.functions import Now

from regulars.work.holder import new_holder
from regulars.work.leases import LEASE_SECONDS, LONG_AGO, has_run_out, take
from regulars.work.models import Lease

PREFIX = "duty:"


class Leadership:
    def __init__(self) -> None:
        self.holder = new_holder()
        self._led: set[str] = set()
        self._lock = threading.Lock()
        self._renewed_at = monotonic()

    def __contains__(self, duty: str) -> bool:
        with self._lock:
            return duty in self._led and not has_run_out(self._renewed_at, seconds=LEASE_SECONDS)

    def seek(self, duty: str) -> bool:
        """Try to become the leader of a duty."""
        if take(PREFIX + duty, seconds=LEASE_SECONDS, holder=self.holder) is None:
            return False
        with self._lock:
            self._led.add(duty)
        return True

    def beat(self) -> None:
        """Renew all, and forget those that another has taken over."""
        asked_at = monotonic()
        mine = Lease.objects.filter(holder=self.holder)
        if self._led:
            mine.update(expires_at=Now() + timedelta(seconds=LEASE_SECONDS))
            kept = {name.removeprefix(PREFIX) for name in mine.values_list("duty", flat=True)}
            with self._lock:
                self._led &= kept
        self._renewed_at = asked_at

    def give_back(self) -> None:
        with self._lock:
            self._led.clear()
        Lease.objects.filter(holder=self.holder).update(holder="", expires_at=LONG_AGO)
