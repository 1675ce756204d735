"""Forget what was kept only to undo an import, when that is no longer possible."""

import shutil
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models.functions import Coalesce

from regulars.identify.commerce.public import forget_former_facts
from regulars.identify.customers.public import forget_former_people
from regulars.identify.intake.models import Import, ImportState
from regulars.identify.intake.receiving import discard

NEVER_RUN = (ImportState.UPLOADED, ImportState.MAPPED, ImportState.CHECKED)
UNDER_WAY = (ImportState.RUNNING, ImportState.UNDOING)
PERSONAL_COUNTS = ("sample",)


def forget_imports(*, now: datetime) -> int:
    """Forget files, rejects and former rows of imports past REGULARS_UNDO_DAYS; return how many.

    What was counted stays, to be read. An import that never ran goes as a whole.
    """
    before = now - timedelta(days=settings.REGULARS_UNDO_DAYS)
    ended = Import.objects.annotate(ended_at=Coalesce("finished_at", "created_at"))
    old = ended.filter(forgotten_at=None, ended_at__lte=before).exclude(state__in=UNDER_WAY)
    forgotten = list(old.order_by("pk"))
    for imported in forgotten:
        if imported.state in NEVER_RUN:
            discard(imported)
        else:
            _forget(imported, now=now)
    _sweep(before)
    return len(forgotten)


def _sweep(before: datetime) -> None:
    """Remove what is left of imports that are no more."""
    folders: Path = settings.REGULARS_DATA / "imports"
    found = {folder.name: folder for folder in folders.glob("*") if folder.name.isdecimal()}
    known = set(Import.objects.filter(pk__in=map(int, found)).values_list("pk", flat=True))
    for name, folder in found.items():
        if int(name) not in known and folder.stat().st_mtime < before.timestamp():
            shutil.rmtree(folder, ignore_errors=True)


def _forget(imported: Import, *, now: datetime) -> None:
    shutil.rmtree(imported.folder, ignore_errors=True)
    with transaction.atomic():
        forget_former_facts(import_id=imported.pk)
        forget_former_people(import_id=imported.pk)
        imported.steps.all().delete()
        imported.counts = {
            name: count for name, count in imported.counts.items() if name not in PERSONAL_COUNTS
        }
        imported.problem, imported.forgotten_at = {}, now
        imported.save(update_fields=["counts", "problem", "forgotten_at"])
