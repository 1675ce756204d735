"""Do the work of an import, or follow the process that has it."""

from datetime import UTC, datetime

from regulars.cli.console import Refused, progress, say
from regulars.identify.intake.public import (
    DatesUnclear,
    Import,
    ImportState,
    NotNow,
    NotPossible,
    start_check,
    start_once,
)
from regulars.work.public import Task, TaskState, is_held, run_task


def look_first(imported: Import) -> Import:
    """Do the dry run. Raises Refused."""
    task = start_check(imported, by=None, now=datetime.now(UTC))
    return _worked(imported, task)


def bring_in(imported: Import) -> Import:
    """Bring the file in, or go on with what is unfinished of it; return the import that was run.

    Raises Refused.
    """
    try:
        started, task = start_once(imported, by=None, now=datetime.now(UTC))
    except NotNow as busy:
        raise Refused(f"Import {busy.other.pk} ({busy.other}) is being undone: wait.") from busy
    except NotPossible as late:
        raise Refused(f"Import {imported.pk} is {imported.get_state_display()}.") from late
    if is_held(task):
        say(f"Import {started.pk} brings this file in right now, in another process: following it.")
    elif started != imported or task.attempts:
        say(f"Going on with import {started.pk} from where it stopped.")
    return _worked(started, task)


def _worked(imported: Import, task: Task) -> Import:
    with progress("importing") as tell:
        task = run_task(task, watch=lambda seen: tell(seen.done, seen.total, seen.doing))
    imported.refresh_from_db()
    if task.state != TaskState.DONE:
        raise Refused(_failure(imported, task))
    return imported


def _failure(imported: Import, task: Task) -> str:
    sentence = task.error or f"The import is {task.get_state_display()}."
    if imported.problem.get("kind") == DatesUnclear.__name__:
        return f"{sentence} Say --dates day-first or --dates month-first."
    if imported.state == ImportState.CANCELLED:
        return f"{sentence} The same command goes on where it stopped."
    return sentence
