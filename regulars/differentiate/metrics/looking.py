"""From which day a brand is looked at, and the newest metrics there are."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from regulars.differentiate.metrics.computation import compute
from regulars.differentiate.metrics.crowd import Crowd, crowd_of
from regulars.differentiate.metrics.filters import Filters, chosen
from regulars.differentiate.metrics.models import MetricRun, Standpoint
from regulars.differentiate.metrics.summary import Summary, summary_from
from regulars.lake.public import latest_snapshot, reading
from regulars.organization.public import Brand, User


class BeforeTheFirstDay(ValueError):
    """A brand cannot be looked at from before its first order; the text says when that was."""


def standpoint_of(brand: Brand, *, now: datetime) -> date:
    """Return the day from which the brand looks: the one it chose, else today in its zone."""
    chosen = Standpoint.objects.filter(brand=brand).first()
    return chosen.as_of_on if chosen else now.astimezone(brand.zone).date()


def has_standpoint(brand: Brand) -> bool:
    """Whether the brand looks from a day that it chose, and not from its own today."""
    return standpoint_of(brand, now=timezone.now()) != today_of(brand)


def today_of(brand: Brand) -> date:
    """Return the brand's own today."""
    return timezone.now().astimezone(brand.zone).date()


def look_from(*, brand: Brand, day: date | None, by: User | None, now: datetime) -> None:
    """Look from a day, and compute what is seen from there; None goes back to today.

    Raises BeforeTheFirstDay.
    """
    if day is None:
        Standpoint.objects.filter(brand=brand).delete()
    else:
        _refuse_before_the_first(brand, day)
        chosen = {"as_of_on": day, "set_by": by, "set_at": now}
        Standpoint.objects.update_or_create(brand=brand, defaults=chosen)
    if latest_snapshot() is not None:
        refresh(brand=brand, now=now)


def _refuse_before_the_first(brand: Brand, day: date) -> None:
    newest = MetricRun.objects.filter(brand=brand).order_by("-as_of_on").first()
    first_on = summary_from(newest.summary).shop.first_on if newest else None
    if first_on and day < first_on:
        raise BeforeTheFirstDay(
            _("There is nothing to see from %(day)s: the first order is of %(first)s.")
            % {"day": date_format(day), "first": date_format(first_on)}
        )


def latest(*, brand: Brand, day: date) -> Summary | None:
    """Return what is known as of the day, else as of the newest day computed before it."""
    runs = MetricRun.objects.filter(brand=brand, as_of_on__lte=day).order_by("-as_of_on")
    found = runs.first()
    return summary_from(found.summary) if found else None


def newest_day(*, brand: Brand, now: datetime) -> date | None:
    """Return the newest day with metrics, up to the one from which the brand looks."""
    runs = MetricRun.objects.filter(brand=brand, as_of_on__lte=standpoint_of(brand, now=now))
    return runs.order_by("-as_of_on").values_list("as_of_on", flat=True).first()


def refresh(*, brand: Brand, now: datetime, as_of: date | None = None) -> Summary:
    """Bring a day's metrics up to date and return them; nothing is computed when nothing changed.

    Raises NeverMirrored.
    """
    day = as_of or standpoint_of(brand, now=now)
    return summary_from(compute(brand=brand, as_of=day).summary)


def crowd_at(*, brand: Brand, summary: Summary, branch_ids: frozenset[int] | None) -> Crowd:
    """Return the customers by kind: all of them, or those at home in some branches."""
    if branch_ids is None:
        return summary.crowd
    with reading() as lake:
        rows = chosen(
            lake,
            brand_id=brand.pk,
            as_of=summary.as_of,
            filters=Filters(visited=False),
            branch_ids=branch_ids,
        )
        return crowd_of(rows)
