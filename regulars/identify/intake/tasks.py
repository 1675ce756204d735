"""Imports as long work."""

from django.utils.translation import gettext_lazy as _

from regulars.identify.intake.models import Import
from regulars.identify.intake.running import run
from regulars.identify.intake.starting import TASK
from regulars.work.public import TaskControl, task_kind


@task_kind(TASK, title=_("Import"), attempts=20)
def bring_in(control: TaskControl) -> None:
    run(Import.objects.select_related("brand").get(pk=control.subject_id), control=control)
