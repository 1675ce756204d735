from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from regulars.differentiate.explore.saving import forget_removed
from regulars.work.public import duty


@duty("forget removed questions", every=timedelta(hours=6), title=_("Forget removed questions"))
def forget() -> None:
    forget_removed(now=timezone.now())
