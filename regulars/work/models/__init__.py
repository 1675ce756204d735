from regulars.work.models.duty import DutyRecord
from regulars.work.models.lease import Lease
from regulars.work.models.task import OPEN_STATES, Task, TaskState

__all__ = ["OPEN_STATES", "DutyRecord", "Lease", "Task", "TaskState"]
