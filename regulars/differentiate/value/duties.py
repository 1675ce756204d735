from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from regulars.differentiate.metrics.public import MetricRun, standpoint_of
from regulars.differentiate.value.costs import last_said_at
from regulars.differentiate.value.keeping import forget_old_scores
from regulars.differentiate.value.models import Valuation
from regulars.differentiate.value.valuation import is_kept, value_customers
from regulars.lake.public import latest_snapshot
from regulars.organization.public import Brand, for_each_brand
from regulars.work.public import duty

AT_MOST_EVERY = timedelta(minutes=10)
REST = 20  # times as long as it took, so that valuing takes a twentieth of the time at most


@duty("value", every=timedelta(seconds=20), title=_("Value customers where facts changed"))
def value() -> None:
    if latest_snapshot() is None:
        return
    for_each_brand(_value, duty="value")


@duty("forget old values", every=timedelta(hours=1), title=_("Forget the scores of old days"))
def forget() -> None:
    forget_old_scores()


def _value(brand: Brand, now: datetime) -> None:
    day = standpoint_of(brand, now=now)
    run = MetricRun.objects.filter(brand=brand, as_of_on=day).first()
    if run is not None and not _rests(brand, run, now):
        value_customers(run=run)


def _rests(brand: Brand, run: MetricRun, now: datetime) -> bool:
    """Whether there is nothing to do: no fact of any brand has changed, or it was just done."""
    known = Valuation.objects.filter(brand=brand, as_of_on=run.as_of_on).first()
    said = last_said_at(brand)
    if known is None or not is_kept(known) or (said and said > known.finished_at):
        return False
    snapshot = latest_snapshot()
    if snapshot is not None and snapshot.revision == known.revision:
        return True
    pause = max(AT_MOST_EVERY, REST * timedelta(seconds=known.seconds))
    return now < known.finished_at + pause
