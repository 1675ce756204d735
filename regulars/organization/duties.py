from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from regulars.organization.forgetting import forget
from regulars.work.public import duty


@duty("forget", every=timedelta(days=1), title=_("Let go of what was kept long enough"))
def forget_daily() -> None:
    forget(now=timezone.now())
