"""Put tasks and duties into words for a screen, in the active language."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext, ngettext

from regulars.work.alive import leaders
from regulars.work.kinds import task_kinds
from regulars.work.models import DutyRecord, Task, TaskState
from regulars.work.rota import Duty, duties

SHOWN = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownTask:
    """A task as a person reads it."""

    task: Task
    title: str
    state: str
    doing: str
    error: str
    remaining: str
    took: timedelta | None

    @property
    def stopping(self) -> bool:
        """Somebody asked it to stop, and it has not come to that yet."""
        return self.task.is_open and self.task.cancel_requested_at is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownDuty:
    """A duty as a person reads it; without a record it has not been done yet."""

    duty: Duty
    record: DutyRecord | None
    led: bool


def show_task(task: Task, *, now: datetime) -> ShownTask:
    """Put a task into words."""
    kind = task_kinds().get(task.kind)
    return ShownTask(
        task=task,
        title=task.kind if kind is None else str(kind.title),
        state=str(TaskState(task.state).label),
        doing=gettext(task.doing) if task.doing else "",
        error=gettext(task.error) if task.error else "",
        remaining=_remaining(task.time_left),
        took=task.took(now=now),
    )


def task_of(*, brand_id: int, task_id: int) -> Task | None:
    """Return a task of this brand."""
    return Task.objects.filter(pk=task_id, brand_id=brand_id).first()


def show_tasks(*, brand_id: int, now: datetime) -> list[ShownTask]:
    """Put the latest tasks of a brand into words, thirty at most."""
    tasks = Task.objects.filter(brand_id=brand_id).order_by("-pk")[:SHOWN]
    return [show_task(task, now=now) for task in tasks]


def show_duties() -> list[ShownDuty]:
    """Tell how every duty fared."""
    records = {record.name: record for record in DutyRecord.objects.all()}
    led = leaders()
    return [
        ShownDuty(duty=duty, record=records.get(name), led=name in led)
        for name, duty in duties().items()
    ]


def _remaining(left: timedelta | None) -> str:
    if left is None:
        return ""
    minutes = round(left.total_seconds() / 60)
    if minutes < 1:
        return gettext("less than a minute left")
    if minutes < 90:
        return ngettext("about %(n)s minute left", "about %(n)s minutes left", minutes) % {
            "n": minutes
        }
    hours = round(minutes / 60)
    return ngettext("about %(n)s hour left", "about %(n)s hours left", hours) % {"n": hours}
