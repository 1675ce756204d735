from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from regulars.lake.following import follow
from regulars.work.public import duty


@duty("mirror", every=timedelta(seconds=1), title=_("Mirror new facts into the lake"))
def mirror() -> None:
    follow()
