"""Start the long work on an import, and see that nothing else of the brand's is in its way."""

from datetime import datetime

from django.db import transaction

from regulars.identify.intake.models import Import, ImportState
from regulars.organization.public import AuditAction, Brand, User, audit
from regulars.work.public import Task, cancel_task, latest_task, run_task, start_task

RUN, CHECK, UNDO = "import", "import-check", "import-undo"
STARTABLE = (
    ImportState.MAPPED,
    ImportState.CHECKED,
    ImportState.RUNNING,
    ImportState.CANCELLED,
    ImportState.FAILED,
)


class NotNow(Exception):
    """The brand's other imports are in the way: one is being undone, or runs: ``other``."""

    def __init__(self, other: Import) -> None:
        super().__init__(other.pk)
        self.other = other


class NotPossible(Exception):
    """An import in this state cannot be run, or cannot be undone (any more)."""


def start_import(imported: Import, *, by: User | None, now: datetime) -> Task:
    """Queue the import; return its task, the open one if it is under way already.

    Raises NotNow while another of the brand is being undone, NotPossible.
    """
    with transaction.atomic():
        _stand_back(imported, while_others=ImportState.UNDOING)
        mine = Import.objects.filter(pk=imported.pk, state__in=STARTABLE)
        _begin(imported, mine.update(state=ImportState.RUNNING, problem={}, seen_at=None))
        _audit(imported, AuditAction.IMPORT, by=by, now=now)
        return _start(RUN, imported, by=by, now=now)


def start_check(imported: Import, *, by: User | None, now: datetime) -> Task:
    """Queue the dry run of an import."""
    return _start(CHECK, imported, by=by, now=now)


def start_undo(imported: Import, *, by: User | None, now: datetime) -> Task:
    """Queue the undo of an import; return its task, the open one if it is under way already.

    Raises NotNow while another of the brand runs, NotPossible when there is nothing to undo or its
    time is over.
    """
    with transaction.atomic():
        _stand_back(imported, while_others=ImportState.RUNNING)
        if not imported.may_be_undone(now=now):
            raise NotPossible
        mine = Import.objects.filter(pk=imported.pk, state=imported.state)
        _begin(imported, mine.update(state=ImportState.UNDOING, problem={}, seen_at=None))
        _audit(imported, AuditAction.UNDO, by=by, now=now)
        return _start(UNDO, imported, by=by, now=now)


def give_up(imported: Import, *, by: User | None, now: datetime) -> None:
    """Cancel a run that broke off, and that nobody goes on with, so that it can be undone."""
    task = latest_work(imported)
    if imported.state == ImportState.RUNNING and task is not None and task.is_open:
        cancel_task(task, by=by, now=now)
        run_task(task)
        imported.refresh_from_db()


def latest_work(imported: Import) -> Task | None:
    """Return the task that brought it in, or was to take it back, whichever its state tells of."""
    back = imported.state in (ImportState.UNDOING, ImportState.PARTLY)
    return latest_task(UNDO if back else RUN, subject_id=imported.pk)


def open_task(imported: Import) -> Task | None:
    """Return the work that is under way on an import, if there is any."""
    tasks = (latest_task(kind, subject_id=imported.pk) for kind in (RUN, CHECK, UNDO))
    return next((task for task in tasks if task is not None and task.is_open), None)


def taking_turns(imported: Import) -> None:
    """Imports of a brand start one after the other, so that each sees what the others do."""
    list(Brand.objects.select_for_update(no_key=True).filter(pk=imported.brand_id))


def _stand_back(imported: Import, *, while_others: ImportState) -> None:
    taking_turns(imported)
    others = Import.objects.filter(brand=imported.brand_id, state=while_others)
    if (other := others.exclude(pk=imported.pk).first()) is not None:
        raise NotNow(other)


def _begin(imported: Import, begun: int) -> None:
    if not begun:
        raise NotPossible
    imported.refresh_from_db(fields=["state", "problem", "seen_at"])


def _start(kind: str, imported: Import, *, by: User | None, now: datetime) -> Task:
    return start_task(kind, subject_id=imported.pk, by=by, now=now, brand_id=imported.brand_id)


def _audit(imported: Import, action: AuditAction, *, by: User | None, now: datetime) -> None:
    audit(
        by,
        action,
        now=now,
        brand=imported.brand,
        subject_kind="import",
        subject=str(imported.pk),
        detail={"kind": imported.kind},
    )
