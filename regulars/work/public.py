"""The front door to work: leases, duties done again and again, and long tasks."""

from regulars.work.alive import workers_alive
from regulars.work.asking import Person, cancel_task, latest_task, may_cancel, start_task
from regulars.work.books import Claim, Verdict, claim, claims, verify
from regulars.work.claiming import is_held
from regulars.work.control import TaskCancelled, TaskControl, TaskFailed, TaskInterrupted
from regulars.work.kinds import UnknownTaskKind, task_kind, task_kinds
from regulars.work.leases import Held, LeaseLost, lease
from regulars.work.models import DutyRecord, Task, TaskState
from regulars.work.rota import duties, duty
from regulars.work.running import run_task
from regulars.work.showing import (
    ShownDuty,
    ShownTask,
    show_duties,
    show_task,
    show_tasks,
    task_of,
)
from regulars.work.statistics import refresh_statistics
from regulars.work.troubles import describe, trace, will_pass
from regulars.work.turn import stop_asked
from regulars.work.worker import Worker

__all__ = [
    "Claim",
    "DutyRecord",
    "Held",
    "LeaseLost",
    "Person",
    "ShownDuty",
    "ShownTask",
    "Task",
    "TaskCancelled",
    "TaskControl",
    "TaskFailed",
    "TaskInterrupted",
    "TaskState",
    "UnknownTaskKind",
    "Verdict",
    "Worker",
    "cancel_task",
    "claim",
    "claims",
    "describe",
    "duties",
    "duty",
    "is_held",
    "latest_task",
    "lease",
    "may_cancel",
    "refresh_statistics",
    "run_task",
    "show_duties",
    "show_task",
    "show_tasks",
    "start_task",
    "stop_asked",
    "task_kind",
    "task_kinds",
    "task_of",
    "trace",
    "verify",
    "will_pass",
    "workers_alive",
]
