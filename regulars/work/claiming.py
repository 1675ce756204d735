"""Give a waiting task, or one whose worker died, to one worker."""

from datetime import timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce, Now
from django.utils.translation import gettext_noop

from regulars.work.ending import tell_ended
from regulars.work.holder import new_holder
from regulars.work.kinds import kind_named, task_kinds
from regulars.work.leases import LEASE_SECONDS, free_to_take
from regulars.work.models import Task, TaskState

DIED_TOO_OFTEN = gettext_noop("The work broke off without a word, as often as it may.")
LOOKED_AT = 20


def claim_task(*, only: int | None = None) -> Task | None:
    """Take the next task that waits or was left behind; None when there is nothing to take."""
    known = Task.objects.filter(kind__in=task_kinds()).order_by("pk")
    if only is not None:
        known = known.filter(pk=only)
    waiting = known.filter(state=TaskState.QUEUED, ready_at__lte=Now())
    for task in [*known.filter(state=TaskState.RUNNING), *waiting[:LOOKED_AT]]:
        if claimed := _claim(task):
            return claimed
    return None


def is_held(task: Task) -> bool:
    """Tell whether somebody is at work on a task at this moment, as far as can be seen."""
    return task.state == TaskState.RUNNING and not _free(task).exists()


def _claim(task: Task) -> Task | None:
    free = _free(task)
    if not free.exists():
        return None
    with transaction.atomic():
        # Passed over, not waited for: its last holder may sleep in a transaction.
        locked = free.select_for_update(skip_locked=True).first()
        return None if locked is None else _hand_over(locked, free)


def _hand_over(task: Task, free: QuerySet[Task]) -> Task | None:
    if task.attempts >= kind_named(task.kind).attempts:
        free.update(state=TaskState.FAILED, error=DIED_TOO_OFTEN, finished_at=Now(), holder="")
        tell_ended(task.pk)
        return None
    holder = new_holder()
    claimed = free.update(
        state=TaskState.RUNNING,
        holder=holder,
        expires_at=Now() + timedelta(seconds=LEASE_SECONDS),
        started_at=Coalesce(F("started_at"), Now()),
        attempts=F("attempts") + 1,
        rate=None,
    )
    return Task.objects.filter(pk=task.pk, holder=holder).first() if claimed else None


def _free(task: Task) -> QuerySet[Task]:
    """The row, as long as nobody else has changed its hands."""
    row = Task.objects.filter(pk=task.pk, state=task.state, holder=task.holder)
    return row.filter(Q() if task.state == TaskState.QUEUED else free_to_take(task.holder))
