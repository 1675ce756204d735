from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from regulars.lake.clearing import clear_when_idle
from regulars.lake.compaction import compact
from regulars.lake.following import follow, heal
from regulars.work.public import duty


@duty("mirror", every=timedelta(seconds=1), title=_("Mirror new facts into the lake"))
def mirror() -> None:
    follow()


@duty("lake-care", every=timedelta(minutes=1), title=_("Keep the lake tidy"))
def care() -> None:
    if heal():
        compact()


@duty("lake-clearing", every=timedelta(hours=1), title=_("Delete old files of the lake"))
def clearing() -> None:
    clear_when_idle()
