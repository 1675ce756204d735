"""How long the metrics of a day are kept: each for two months, month-ends for good."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from regulars.differentiate.metrics.computation import KEPT_TABLES
from regulars.differentiate.metrics.looking import standpoint_of
from regulars.differentiate.metrics.models import MetricRun
from regulars.lake.public import drop_partitions, latest_snapshot
from regulars.organization.public import Brand

EVERY_DAY_FOR = timedelta(days=60)


def forget_old_days(*, now: datetime) -> None:
    """Drop the metrics of days that ended two months ago and were no ends of months.

    Days that somebody asked for are kept as long, counted from when they were computed.
    """
    if latest_snapshot() is None:
        return
    for brand in Brand.objects.all():
        for run in _old(brand, now):
            for table in KEPT_TABLES:
                drop_partitions(table, where={"brand_id": brand.pk, "as_of": run.as_of_on})
            run.delete()


def _old(brand: Brand, now: datetime) -> Iterator[MetricRun]:
    before = now.astimezone(brand.zone).date() - EVERY_DAY_FOR
    runs = MetricRun.objects.filter(
        brand=brand, as_of_on__lt=before, finished_at__lt=now - EVERY_DAY_FOR
    ).exclude(as_of_on=standpoint_of(brand, now=now))
    return (run for run in runs.iterator() if not _ends_a_month(run.as_of_on))


def _ends_a_month(day: date) -> bool:
    return (day + timedelta(days=1)).day == 1
