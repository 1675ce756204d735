"""Exports of customers as long work: ask for one, write it, open it, forget it."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from regulars.differentiate.metrics.export import Wanted, export_customers
from regulars.differentiate.metrics.filters import Filters
from regulars.differentiate.metrics.models import Export, FileFormat
from regulars.differentiate.metrics.models.export import KEPT
from regulars.organization.public import Access, AuditAction, Branches, Permission, audit
from regulars.work.public import Task, TaskControl, latest_task, start_task

WRITE = "export customers"


def ask_for_export(
    *, wanted: Wanted, file_format: FileFormat, asked: str, by: Access, now: datetime
) -> Export:
    """Have a worker write customers to a file, and return what it will be.

    ``asked`` is the address of the list whose customers these are. The audit names it.
    """
    with transaction.atomic():
        export = Export.objects.create(
            brand=wanted.brand,
            by=by.user,
            file_format=file_format,
            asked=asked[:2000],
            filters=wanted.filters.as_dict(),
            branches=_told(wanted.branch_ids),
            named_at=_told(wanted.named_at),
            as_of_on=wanted.as_of,
            created_at=now,
        )
        audit(by, AuditAction.EXPORT, now=now, subject_kind="customers", subject=str(export.pk),
              detail={"format": file_format, "asked": export.asked})  # fmt: skip
        start_task(WRITE, subject_id=export.pk, by=by.user, now=now, brand_id=wanted.brand.pk)
    return export


def write(export: Export, *, control: TaskControl) -> None:
    """Write the file; a second time it is written anew.

    Raises NothingMeasured, TooManyRows, TaskCancelled.
    """
    wanted = Wanted(
        brand=export.brand,
        as_of=export.as_of_on,
        filters=Filters.from_dict(export.filters),
        branch_ids=_branches(export.branches),
        named_at=_branches(export.named_at),
    )
    export.path.parent.mkdir(parents=True, exist_ok=True)
    export.customers = export_customers(wanted, to=export.path, progress=control.progress)
    export.finished_at = timezone.now()
    export.save(update_fields=["customers", "finished_at"])


def task_of(export: Export) -> Task | None:
    return latest_task(WRITE, subject_id=export.pk)


def may_open(export: Export, *, access: Access) -> bool:
    """Whether all that is in the file is still shown to the person who wants it."""
    named = access.branches_for(Permission.SEE_PERSONAL_DATA)
    return _within(export.branches, access.branch_ids) and _within(export.named_at, named)


def forget_exports(*, now: datetime) -> int:
    """Delete what was asked for more than a week ago, file and all; return how many there were."""
    old = list(Export.objects.filter(created_at__lt=now - KEPT).select_related("brand"))
    for export in old:
        export.path.unlink(missing_ok=True)
        export.delete()
    return len(old)


def _told(branches: Branches) -> list[int] | None:
    return None if branches is None else sorted(branches)


def _branches(told: list[int] | None) -> Branches:
    return None if told is None else frozenset(told)


def _within(told: list[int] | None, branches: Branches) -> bool:
    return branches is None or (told is not None and branches.issuperset(told))
