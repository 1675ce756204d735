"""Start the long work on an import."""

from datetime import datetime

from regulars.identify.intake.models import Import
from regulars.organization.public import AuditAction, User, audit
from regulars.work.public import Task, latest_task, start_task

RUN, CHECK = "import", "import-check"


def start_import(imported: Import, *, by: User | None, now: datetime) -> Task:
    """Queue the import; return its task, the open one if it is under way already."""
    audit(
        by,
        AuditAction.IMPORT,
        now=now,
        brand=imported.brand,
        subject_kind="import",
        subject=str(imported.pk),
        detail={"kind": imported.kind},
    )
    return start_task(RUN, subject_id=imported.pk, by=by, now=now, brand_id=imported.brand_id)


def start_check(imported: Import, *, by: User | None, now: datetime) -> Task:
    """Queue the dry run of an import."""
    return start_task(CHECK, subject_id=imported.pk, by=by, now=now, brand_id=imported.brand_id)


def task_of(imported: Import) -> Task | None:
    """Return the latest work on an import."""
    tasks = [latest_task(kind, subject_id=imported.pk) for kind in (RUN, CHECK)]
    return max((task for task in tasks if task), key=lambda task: task.pk, default=None)
