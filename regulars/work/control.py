"""What a running task holds in its hand: tell how far it is, hear that it should stop."""

import threading
from collections.abc import Callable
from datetime import timedelta
from time import monotonic

from django.db import connection, transaction
from django.db.models.functions import Now
from django.utils import translation
from django.utils.functional import Promise

from regulars.work.leases import LEASE_SECONDS, LeaseLost, has_run_out
from regulars.work.models import Task, TaskState
from regulars.work.rate import Rate

TOLD_EVERY = 0.5  # seconds


class TaskCancelled(Exception):
    """Somebody asked the task to stop. Let it pass after cleaning up."""


class TaskInterrupted(Exception):
    """The worker is shutting down; the task will be run again. Let it pass."""


class TaskFailed(Exception):
    """The task cannot be done; the sentence is for the person who asked for it."""


class TaskControl:
    """One run of a task."""

    def __init__(
        self,
        task: Task,
        *,
        stopping: Callable[[], bool] | None = None,
        watch: Callable[[Task], None] | None = None,
    ) -> None:
        self.task = task
        self._stopping = stopping
        self._watch = watch
        self._lock = threading.Lock()
        self._rate = Rate()
        self._told_at = 0.0
        self._cancelled = task.cancel_requested_at is not None
        self._lost = False
        self._renewed_at = monotonic()

    @property
    def subject_id(self) -> int:
        """The id of the row the task is about."""
        return self.task.subject_id

    @property
    def attempt(self) -> int:
        """1 for the first run; more after a crash."""
        return self.task.attempts

    def progress(self, done: int, total: int | None = None, doing: str | Promise = "") -> None:
        """Tell how far the work is; call it often, it writes at most twice a second.

        ``doing`` is marked for translation where it is written; it is kept in English and shown in
        the reader's language. Raises TaskCancelled, TaskInterrupted or LeaseLost when the work
        must stop. Inside a transaction nobody else sees the progress before a background renewal.
        """
        if doing:
            with translation.override("en"):
                doing = str(doing)
        self.task.done, self.task.total = done, total
        self.task.doing = str(doing) or self.task.doing
        self.task.rate = self._rate.after(done, self.task.doing)
        if monotonic() - self._told_at >= TOLD_EVERY:
            self._told_at = monotonic()
            self._look() if connection.in_atomic_block else self.beat()
            if self._watch is not None:
                self._watch(self.task)
        self.check()

    def check(self) -> None:
        """Raise when the work must stop; asks nobody unless it was not renewed for long."""
        if self._has_run_out and not connection.in_atomic_block:
            self.beat()
        if self._lost or self._has_run_out:
            raise LeaseLost(f"Another worker has taken over task {self.task.pk}.")
        if self._cancelled:
            raise TaskCancelled
        if self._stopping is not None and self._stopping():
            raise TaskInterrupted

    @property
    def _has_run_out(self) -> bool:
        return has_run_out(self._renewed_at, seconds=LEASE_SECONDS)

    def fence(self) -> None:
        """Hold the task until the present transaction ends, so that nobody takes over within it.

        Call it first in a transaction whose effects must not happen twice. Raises LeaseLost. The
        hold is renewed meanwhile, and a wish to cancel is heard.
        """
        if not connection.in_atomic_block:
            raise transaction.TransactionManagementError("A fence stands inside a transaction.")
        self._lost = self._lost or not self._lock_mine()
        self.check()

    def _lock_mine(self) -> bool:
        """Keep the row from who claims tasks, but not from the keeper, who renews it meanwhile.

        Claiming locks FOR UPDATE and renewing FOR NO KEY UPDATE; of the two FOR KEY SHARE keeps
        out the first only. https://www.postgresql.org/docs/15/explicit-locking.html
        """
        lock = " FOR KEY SHARE" if connection.vendor == "postgresql" else ""
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT 1 FROM work_task WHERE id = %s AND holder = %s AND state = %s{lock}",  # noqa: S608
                [self.task.pk, self.task.holder, TaskState.RUNNING.value],
            )
            return cursor.fetchone() is not None

    def beat(self) -> None:
        """Renew the hold, write down the progress, and hear whether to stop."""
        mine = Task.objects.filter(
            pk=self.task.pk, holder=self.task.holder, state=TaskState.RUNNING
        )
        asked_at = monotonic()
        with self._lock:
            renewed = mine.update(
                expires_at=Now() + timedelta(seconds=LEASE_SECONDS),
                done=self.task.done,
                total=self.task.total,
                doing=self.task.doing,
                rate=self.task.rate,
            )
        self._lost = self._lost or not renewed
        self._renewed_at = asked_at
        self._look()

    def _look(self) -> None:
        row = Task.objects.filter(pk=self.task.pk).only("holder", "cancel_requested_at").first()
        self._lost = self._lost or row is None or row.holder != self.task.holder
        self._cancelled = self._cancelled or bool(row and row.cancel_requested_at)
