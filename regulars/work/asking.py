"""Ask for a task, and ask it to stop."""

from datetime import datetime
from typing import Protocol

from django.db import transaction

from regulars.work.ending import tell_ended
from regulars.work.kinds import kind_named
from regulars.work.models import OPEN_STATES, Task, TaskState


class Person(Protocol):
    """Whoever asks; in practice a user, who belongs to a floor above."""

    pk: int


def start_task(
    kind: str,
    *,
    subject_id: int,
    by: Person | None,
    now: datetime,
    brand_id: int | None = None,
) -> Task:
    """Queue a task; return the open one if this subject already has one of that kind.

    A worker picks it up when the present transaction has committed. Raises UnknownTaskKind.
    """
    kind_named(kind)
    task = Task(
        kind=kind,
        subject_id=subject_id,
        brand_id=brand_id,
        user_id=None if by is None else by.pk,
        created_at=now,
        ready_at=now,
    )
    open_one = Task.objects.filter(kind=kind, subject_id=subject_id, state__in=OPEN_STATES)
    while True:  # again only when the open one ends between the two statements
        Task.objects.bulk_create([task], ignore_conflicts=True)
        if found := open_one.first():
            return found


def cancel_task(task: Task, *, by: Person | None, now: datetime) -> None:
    """Stop a task: at once while it waits, at its next progress while it runs."""
    asked = {"cancel_requested_at": now, "cancelled_by_id": None if by is None else by.pk}
    row = Task.objects.filter(pk=task.pk)
    with transaction.atomic():
        stopped = row.filter(state=TaskState.QUEUED).update(
            state=TaskState.CANCELLED, finished_at=now, **asked
        )
        if stopped:
            tell_ended(task.pk)
    if not stopped:
        row.filter(state=TaskState.RUNNING, cancel_requested_at__isnull=True).update(**asked)
    task.refresh_from_db()


def may_cancel(task: Task, *, by: Person, manager: bool) -> bool:
    """Tell whether this person may stop a task: it is theirs, or they look after the brand."""
    return task.is_open and (manager or task.user_id == by.pk)


def latest_task(kind: str, *, subject_id: int) -> Task | None:
    """Return the last task of that kind about this subject."""
    return Task.objects.filter(kind=kind, subject_id=subject_id).order_by("-pk").first()
