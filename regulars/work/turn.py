"""When a duty is next due, and how its last turn went."""

import contextvars
import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from time import monotonic

from django.db.models.functions import Now
from django.utils import timezone

from regulars.work.models import DutyRecord
from regulars.work.rota import Duty
from regulars.work.troubles import describe, trace

WRITTEN_EVERY = 10.0  # seconds
LONGEST_PAUSE = 300.0
LONGEST_TURN = 5.0  # then others may have the thread

log = logging.getLogger(__name__)

_stop_asked: contextvars.ContextVar[Callable[[], bool]] = contextvars.ContextVar("stop_asked")


def stop_asked() -> bool:
    """Tell a running duty whether to come to an end: the worker stops, or another leads now."""
    asked = _stop_asked.get(None)
    return asked is not None and asked()


class Turn:
    """The turns of one duty in one worker."""

    def __init__(self, duty: Duty) -> None:
        self.duty = duty
        self.running = False
        self._failures = 0
        self._due_at = 0.0
        self._written_at = -WRITTEN_EVERY

    @property
    def due(self) -> bool:
        return not self.running and monotonic() >= self._due_at

    def begin(self) -> None:
        self.running = True

    def resume(self) -> None:
        """Go on where the last leader stopped: not before the duty is due again."""
        record = DutyRecord.objects.filter(name=self.duty.name).annotate(clock=Now()).first()
        if record is None or record.started_at is None:
            return
        self._failures = record.failures
        since = (record.clock - record.started_at).total_seconds()
        self._due_at = monotonic() + max(0.0, self._pause() - max(0.0, since))

    def run(self, *, worker: str, stop_asked: Callable[[], bool]) -> None:
        """Run the duty once and write down how it went."""
        token = _stop_asked.set(stop_asked)
        try:
            self._run(worker, stop_asked)
        finally:
            _stop_asked.reset(token)
            self.running = False

    def _run(self, worker: str, stop_asked: Callable[[], bool]) -> None:
        started_at, began = timezone.now(), monotonic()
        error, more = "", False
        try:
            more = self._run_on(stop_asked, until=began + LONGEST_TURN)
        except Exception as caught:  # noqa: BLE001 - a failed duty is shown and tried again
            error = describe(caught)
            log.error("duty %s failed: %s", self.duty.name, trace(caught))  # noqa: TRY400
        recovered = bool(self._failures) and not error
        self._failures = self._failures + 1 if error else 0
        self._due_at = began if more else began + self._pause()
        if error or recovered or monotonic() - self._written_at >= WRITTEN_EVERY:
            self._write(started_at, monotonic() - began, error, worker)

    def _run_on(self, stop_asked: Callable[[], bool], *, until: float) -> bool:
        """Run it again at once as long as it asks for that; return whether it still does."""
        while self.duty.run():
            if stop_asked() or monotonic() >= until:
                return True
        return False

    def _pause(self) -> float:
        every = self.duty.every.total_seconds()
        if not self._failures:
            return every
        growing = max(every, 1.0) * 2.0 ** min(self._failures, 20)
        return max(every, min(growing, LONGEST_PAUSE))

    def _write(self, started_at: datetime, seconds: float, error: str, worker: str) -> None:
        finished_at = started_at + timedelta(seconds=seconds)
        went = {
            "started_at": started_at,
            "finished_at": finished_at,
            "seconds": seconds,
            "failures": self._failures,
            "worker": worker,
        }
        if error:
            went |= {"error": error, "failed_at": finished_at}
        DutyRecord.objects.update_or_create(name=self.duty.name, defaults=went)
        self._written_at = monotonic()
