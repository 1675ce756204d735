"""What work itself does again and again: forget old tasks, keep SQLite's statistics fresh."""

from datetime import timedelta

from django.db import connection
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from regulars.work.models import OPEN_STATES, Task
from regulars.work.rota import duty

REMEMBERED = timedelta(days=90)


@duty("forget old tasks", every=timedelta(hours=6), title=_("Forget old tasks"))
def forget_old_tasks() -> None:
    finished = Task.objects.exclude(state__in=OPEN_STATES)
    finished.filter(finished_at__lt=Now() - REMEMBERED).delete()


@duty("refresh statistics", every=timedelta(hours=1), title=_("Refresh the database's statistics"))
def refresh_statistics() -> None:
    """SQLite chooses its plans by statistics that nobody else gathers; PostgreSQL sees to them."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA analysis_limit = 1000")
            cursor.execute("PRAGMA optimize = 0x10002")
