"""Imports as long work: the dry run, the run, and the way back."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from regulars.identify.intake.checking import check
from regulars.identify.intake.ending import end_check, end_import, end_undo
from regulars.identify.intake.finishing import clear_up
from regulars.identify.intake.models import Import, ImportState
from regulars.identify.intake.reading.refusal import FileRefused
from regulars.identify.intake.running import run
from regulars.identify.intake.starting import CHECK, RUN, UNDO
from regulars.identify.intake.undoing import undo
from regulars.work.public import TaskControl, TaskFailed, refresh_statistics, task_kind


@task_kind(RUN, title=_("Import"), attempts=20, ended=end_import)
def bring_in(control: TaskControl) -> None:
    with _read(control) as imported:
        if imported.state == ImportState.DONE:  # it died between its end and that of the task
            clear_up(imported)
            return
        run(imported, control=control, now=timezone.now())
        refresh_statistics()


@task_kind(CHECK, title=_("Dry run"), attempts=5, ended=end_check)
def look_first(control: TaskControl) -> None:
    with _read(control) as imported:
        check(imported, control=control, now=timezone.now())


@task_kind(UNDO, title=_("Undo of an import"), attempts=20, ended=end_undo)
def take_back(control: TaskControl) -> None:
    imported = _import(control)
    if imported.state != ImportState.UNDONE:
        undo(imported, control=control, now=timezone.now())


@contextmanager
def _read(control: TaskControl) -> Iterator[Import]:
    """Write down why a file was refused where people look for it, and pass it on."""
    imported = _import(control)
    try:
        yield imported
    except FileRefused as refused:
        imported.problem = {"sentence": refused.sentence, "values": refused.values,
                            "kind": type(refused).__name__}  # fmt: skip
        imported.save(update_fields=["problem"])
        clear_up(imported)
        raise TaskFailed(str(refused)) from refused


def _import(control: TaskControl) -> Import:
    return Import.objects.select_related("brand").get(pk=control.subject_id)
