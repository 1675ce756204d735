"""Start an import that is ready."""

from datetime import datetime

from regulars.identify.intake.models import Import
from regulars.organization.public import AuditAction, User, audit
from regulars.work.public import Task, start_task

TASK = "import"


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
    return start_task(TASK, subject_id=imported.pk, by=by, now=now, brand_id=imported.brand_id)
