"""Imports as long work: the dry run, the run, and the way back."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from regulars.identify.intake.checking import check
from regulars.identify.intake.finishing import clear_up
from regulars.identify.intake.models import Import, ImportState
from regulars.identify.intake.reading.refusal import FileRefused
from regulars.identify.intake.running import run
from regulars.identify.intake.starting import CHECK, RUN
from regulars.work.public import TaskCancelled, TaskControl, TaskFailed, task_kind


@task_kind(RUN, title=_("Import"), attempts=20)
def bring_in(control: TaskControl) -> None:
    with _told(control) as imported:
        run(imported, control=control, now=timezone.now())


@task_kind(CHECK, title=_("Dry run"), attempts=5)
def look_first(control: TaskControl) -> None:
    with _told(control) as imported:
        check(imported, control=control, now=timezone.now())


@contextmanager
def _told(control: TaskControl) -> Iterator[Import]:
    """Write down how it ended where people look for it, and pass it on."""
    imported = Import.objects.select_related("brand").get(pk=control.subject_id)
    try:
        yield imported
    except FileRefused as refused:
        imported.problem = {"sentence": refused.sentence, "values": refused.values,
                            "kind": type(refused).__name__}  # fmt: skip
        _end(imported, ImportState.FAILED)
        clear_up(imported)
        raise TaskFailed(str(refused)) from refused
    except TaskCancelled:
        _end(imported, ImportState.CANCELLED)
        raise


def _end(imported: Import, state: ImportState) -> None:
    imported.state = state
    imported.save(update_fields=["state", "problem"])
