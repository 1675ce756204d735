"""How long the history of a segment's size is kept: all of two days, then the last of each day."""

from datetime import datetime, timedelta

from django.db.models import Max

from regulars.differentiate.segments.models import Evaluation

ALL_FOR, DAYS_FOR = timedelta(days=2), timedelta(days=800)


def forget_old_sizes(*, now: datetime) -> None:
    """Thin out the history of sizes; entries and exits of single people are on the timeline."""
    old = Evaluation.objects.filter(at__lt=now - ALL_FOR)
    last = old.values("version", "as_of_on").annotate(last=Max("pk")).values("last")
    old.exclude(pk__in=last).delete()
    Evaluation.objects.filter(at__lt=now - DAYS_FOR).delete()
