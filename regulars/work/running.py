"""Run a claimed task, and write down how it ended."""

import logging
from collections.abc import Callable
from datetime import timedelta
from time import sleep
from typing import Any

from django.db import connection, transaction
from django.db.models import F
from django.db.models.functions import Now

from regulars.work.claiming import claim_task
from regulars.work.control import TaskCancelled, TaskControl, TaskFailed, TaskInterrupted
from regulars.work.ending import tell_ended
from regulars.work.keeper import keeping
from regulars.work.kinds import kind_named
from regulars.work.leases import LEASE_SECONDS, LeaseLost
from regulars.work.models import Task, TaskState
from regulars.work.troubles import describe, trace, will_pass

PAUSE = timedelta(seconds=5)  # times the attempts made, before a passing trouble is tried again
LOOK_EVERY = 0.3  # seconds

log = logging.getLogger(__name__)


def run_task(task: Task, *, watch: Callable[[Task], None] | None = None) -> Task:
    """Run a task in this process, or follow it when a worker already has it; return it finished.

    ``watch`` is called with the task about twice a second. An interrupt cancels the task.
    """
    while task.is_open:
        if claimed := claim_task(only=task.pk):
            run_claimed(claimed, watch=watch)
        else:
            sleep(LOOK_EVERY)
        task.refresh_from_db()
        if watch is not None:
            watch(task)
    return task


def run_claimed(
    task: Task,
    *,
    stopping: Callable[[], bool] | None = None,
    watch: Callable[[Task], None] | None = None,
) -> None:
    control = TaskControl(task, stopping=stopping, watch=watch)
    try:
        with keeping(control, every=LEASE_SECONDS / 4):
            control.check()
            kind_named(task.kind).run(control)
    except TaskInterrupted:
        _end(task, state=TaskState.QUEUED, attempts=F("attempts") - 1, finished_at=None)
    except LeaseLost as lost:
        log.warning("%s", lost)
    except KeyboardInterrupt:
        _end(task, state=TaskState.CANCELLED)
        raise
    except Exception as error:  # noqa: BLE001 - whatever went wrong is shown to who asked for it
        _end_badly(task, error)
    else:
        _end(task, state=TaskState.DONE, done=task.total or task.done, total=task.total)


def _end_badly(task: Task, error: Exception) -> None:
    if isinstance(error, TaskCancelled):
        _end(task, state=TaskState.CANCELLED)
    elif isinstance(error, TaskFailed):
        _end(task, state=TaskState.FAILED, error=str(error))
    elif will_pass(error) and task.attempts < kind_named(task.kind).attempts:
        log.warning("task %s (%s) will be tried again: %s", task.pk, task.kind, describe(error))
        later = Now() + PAUSE * task.attempts
        _end(task, state=TaskState.QUEUED, ready_at=later, finished_at=None, error=describe(error))
    else:
        log.error("task %s (%s) failed: %s", task.pk, task.kind, trace(error))
        _end(task, state=TaskState.FAILED, error=describe(error))


def _end(task: Task, *, state: TaskState, **changes: Any) -> None:
    """Write the end, unless another has taken over."""
    if not connection.in_atomic_block:
        connection.close_if_unusable_or_obsolete()
    ending = {"finished_at": Now(), "error": "", "rate": None} | changes
    mine = Task.objects.filter(pk=task.pk, holder=task.holder, state=TaskState.RUNNING)
    with transaction.atomic():
        ended = mine.update(state=state, holder="", expires_at=None, doing=task.doing, **ending)
        if ended and state in {TaskState.FAILED, TaskState.CANCELLED}:
            tell_ended(task.pk)
