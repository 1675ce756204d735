"""Say of an import how it ended, when its task ended before its work was done."""

from django.utils import timezone

from regulars.identify.intake.models import Import, ImportState
from regulars.work.public import Task, TaskState

BROKE_OFF = "broke off"


def end_import(task: Task) -> None:
    """The import was cancelled or failed: what it wrote stays, and it may go on or be undone."""
    imported = _of(task)
    if imported.state != ImportState.RUNNING:
        return
    cancelled = task.state == TaskState.CANCELLED
    imported.state = ImportState.CANCELLED if cancelled else ImportState.FAILED
    imported.finished_at = timezone.now()
    _save(imported, task)


def end_check(task: Task) -> None:
    """The dry run was cancelled or failed: the columns may be chosen again."""
    imported = _of(task)
    cancelled = task.state == TaskState.CANCELLED
    imported.state = ImportState.MAPPED if cancelled else ImportState.FAILED
    _save(imported, task)


def end_undo(task: Task) -> None:
    """The way back was left half-way: it may be gone on."""
    imported = _of(task)
    if imported.state == ImportState.UNDOING:
        imported.state = ImportState.PARTLY
        _save(imported, task)


def _of(task: Task) -> Import:
    return Import.objects.select_for_update().get(pk=task.subject_id)


def _save(imported: Import, task: Task) -> None:
    """Keep the sentence of a file refused; of anything else keep what the task says."""
    if task.error and not imported.problem:
        sentence = task.error.replace("%", "%%")
        imported.problem = {"sentence": sentence, "values": {}, "kind": BROKE_OFF}
    imported.save(update_fields=["state", "problem", "finished_at"])
