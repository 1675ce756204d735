from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from regulars.differentiate.metrics.exporting import forget_exports
from regulars.differentiate.metrics.keeping import forget_old_days
from regulars.differentiate.metrics.looking import refresh
from regulars.differentiate.metrics.remaking import remake_a_day
from regulars.lake.public import latest_snapshot
from regulars.organization.public import Brand, for_each_brand
from regulars.work.public import duty


@duty("metrics", every=timedelta(seconds=10), title=_("Compute metrics where facts changed"))
def compute_metrics() -> None:
    if latest_snapshot() is None:
        return
    for_each_brand(_compute, duty="metrics")


@duty("forget old metrics", every=timedelta(hours=1), title=_("Keep month-ends of old metrics"))
def forget() -> None:
    forget_old_days(now=timezone.now())


@duty("forget exports", every=timedelta(hours=1), title=_("Delete exported files after a week"))
def delete_exports() -> None:
    forget_exports(now=timezone.now())


def _compute(brand: Brand, now: datetime) -> None:
    refresh(brand=brand, now=now)
    remake_a_day(brand=brand)
