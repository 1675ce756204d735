from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from regulars.differentiate.segments.evaluation import refresh_segments
from regulars.differentiate.segments.forgetting import forget_old_sizes, forget_removed_lists
from regulars.lake.public import latest_snapshot
from regulars.organization.public import for_each_brand
from regulars.work.public import duty


@duty("segments", every=timedelta(seconds=10), title=_("Find the people of segments"))
def find_people_of_segments() -> None:
    if latest_snapshot() is None:
        return
    for_each_brand(lambda brand, now: refresh_segments(brand=brand, now=now), duty="segments")


@duty("forget sizes of segments", every=timedelta(hours=6), title=_("Forget old sizes of segments"))
def forget_sizes() -> None:
    forget_old_sizes(now=timezone.now())


@duty("forget removed lists", every=timedelta(hours=6), title=_("Forget lists that were removed"))
def forget_lists() -> None:
    forget_removed_lists(now=timezone.now())
