from regulars.work.models.lease import Lease
from regulars.work.models.task import Task, TaskState

__all__ = ["Lease", "Task", "TaskState"]
