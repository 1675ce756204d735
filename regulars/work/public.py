"""The front door to work: leases, duties done again and again, and long tasks."""

from regulars.work.asking import Person, cancel_task, latest_task, start_task
from regulars.work.control import TaskCancelled, TaskControl, TaskFailed, TaskInterrupted
from regulars.work.kinds import UnknownTaskKind, task_kind, task_kinds
from regulars.work.leases import Held, LeaseLost, lease
from regulars.work.models import DutyRecord, Task, TaskState
from regulars.work.rota import duties, duty
from regulars.work.running import run_task
from regulars.work.troubles import will_pass
from regulars.work.turn import stop_asked
from regulars.work.worker import Worker

__all__ = [
    "DutyRecord",
    "Held",
    "LeaseLost",
    "Person",
    "Task",
    "TaskCancelled",
    "TaskControl",
    "TaskFailed",
    "TaskInterrupted",
    "TaskState",
    "UnknownTaskKind",
    "Worker",
    "cancel_task",
    "duties",
    "duty",
    "latest_task",
    "lease",
    "run_task",
    "start_task",
    "stop_asked",
    "task_kind",
    "task_kinds",
    "will_pass",
]
