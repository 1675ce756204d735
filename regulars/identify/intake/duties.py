from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from regulars.identify.intake.forgetting import forget_imports
from regulars.work.public import duty


@duty("forget imports", every=timedelta(hours=6), title=_("Forget files of old imports"))
def forget_old_imports() -> None:
    forget_imports(now=timezone.now())
