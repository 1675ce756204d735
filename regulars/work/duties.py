"""What work itself does again and again: forget old tasks, keep SQLite's statistics fresh."""

from datetime import timedelta

from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from regulars.work.models import OPEN_STATES, Task
from regulars.work.rota import duty
from regulars.work.statistics import refresh_statistics

REMEMBERED = timedelta(days=90)


@duty("forget old tasks", every=timedelta(hours=6), title=_("Forget old tasks"))
def forget_old_tasks() -> None:
    finished = Task.objects.exclude(state__in=OPEN_STATES)
    finished.filter(finished_at__lt=Now() - REMEMBERED).delete()


@duty("refresh statistics", every=timedelta(hours=1), title=_("Refresh the database's statistics"))
def refresh_hourly() -> None:
    refresh_statistics()
