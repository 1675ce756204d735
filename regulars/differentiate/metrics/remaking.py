"""Days whose rows the lake has lost, or kept in the form of an older version."""

from datetime import date

from regulars.differentiate.metrics.computation import compute, kept_days
from regulars.differentiate.metrics.models import MetricRun
from regulars.lake.public import latest_snapshot
from regulars.organization.public import Brand


def days_to_remake(*, brand: Brand) -> list[date]:
    """Return the days that were computed and whose rows are gone, the newest first."""
    if latest_snapshot() is None:
        return []
    runs = MetricRun.objects.filter(brand=brand).order_by("-as_of_on")
    days = list(runs.values_list("as_of_on", flat=True))
    kept = kept_days(brand.pk) if days else set()
    return [day for day in days if day not in kept]


def remake_a_day(*, brand: Brand) -> None:
    """Compute the newest day whose rows are gone; the others wait for the next turn."""
    for day in days_to_remake(brand=brand)[:1]:
        compute(brand=brand, as_of=day)
