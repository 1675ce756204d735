"""How long what is behind a segment is kept: its sizes, and the lists that were removed."""

from datetime import datetime, timedelta

from django.db.models import Max

from regulars.differentiate.segments.models import Evaluation, PeopleList

ALL_FOR, DAYS_FOR = timedelta(days=2), timedelta(days=800)
REMOVED_FOR = timedelta(days=30)


def forget_old_sizes(*, now: datetime) -> None:
    """Thin out the history of sizes; entries and exits of single people are on the timeline."""
    old = Evaluation.objects.filter(at__lt=now - ALL_FOR)
    last = old.values("version", "as_of_on").annotate(last=Max("pk")).values("last")
    old.exclude(pk__in=last).delete()
    Evaluation.objects.filter(at__lt=now - DAYS_FOR).delete()


def forget_removed_lists(*, now: datetime) -> None:
    """Forget lists of people that were removed, or replaced by a newer file, long enough ago."""
    PeopleList.objects.filter(removed_at__lt=now - REMOVED_FOR).delete()
