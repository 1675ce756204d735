"""Bring a file in once: who brings the same again goes on with what is unfinished."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from regulars.identify.intake.ending import BROKE_OFF
from regulars.identify.intake.models import Import, ImportState
from regulars.identify.intake.receiving import discard
from regulars.identify.intake.starting import start_import, taking_turns
from regulars.organization.public import User
from regulars.work.public import Task

_UNFINISHED = Q(state__in=[ImportState.RUNNING, ImportState.CANCELLED]) | Q(
    state=ImportState.FAILED, problem__kind=BROKE_OFF
)


def start_once(imported: Import, *, by: User | None, now: datetime) -> tuple[Import, Task]:
    """Queue the import, or in its place that of the same file on the same terms, if unfinished.

    Return the one that is queued, and its task, which another process may have already. The one
    that was replaced is forgotten. Raises NotNow, NotPossible.
    """
    with transaction.atomic():
        taking_turns(imported)
        twin = _unfinished_twin(imported)
        task = start_import(twin or imported, by=by, now=now)
    if twin is not None:
        discard(imported)
    return twin or imported, task


def _unfinished_twin(imported: Import) -> Import | None:
    same = {
        name: getattr(imported, name)
        for name in ("brand", "kind", "sha256", "preset", "mapping", "options")
    }
    others = Import.objects.filter(_UNFINISHED, **same, forgotten_at=None).exclude(pk=imported.pk)
    return others.select_related("brand").order_by("-pk").first()
