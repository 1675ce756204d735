"""Tell the app that asked for a task when it ended before its work was done."""

from regulars.work.kinds import task_kinds
from regulars.work.models import Task


def tell_ended(task_id: int) -> None:
    """Call it in the transaction that wrote down the end."""
    task = Task.objects.get(pk=task_id)
    kind = task_kinds().get(task.kind)
    if kind is not None and kind.ended is not None:
        kind.ended(task)
