from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from regulars.lake.clearing import clear
from regulars.lake.compaction import compact
from regulars.lake.following import follow
from regulars.lake.snapshots import latest_snapshot
from regulars.work.public import duty


@duty("lake-care", every=timedelta(minutes=1), title=_("Keep the lake tidy"))
def care() -> None:
    if latest_snapshot() is not None:
        compact()
        clear()


@duty("mirror", every=timedelta(seconds=1), title=_("Mirror new facts into the lake"))
def mirror() -> None:
    follow()
