"""Do a duty for one brand after the other, so that the trouble of one is not the others'."""

import logging
from collections.abc import Callable
from datetime import datetime

from django.db.models import F
from django.utils import timezone

from regulars.organization.models import Brand, Trouble
from regulars.work.public import describe, duties, stop_asked, trace

log = logging.getLogger(__name__)


class BrandsFailed(Exception):
    """A duty could not be done for every brand; each brand's Trouble says why."""


def for_each_brand(do: Callable[[Brand, datetime], object], *, duty: str) -> None:
    """Do something for every brand, the oldest first, until the duty is asked to stop.

    A failure is written down as the brand's Trouble of that duty, and the others have their turn.
    Raises BrandsFailed when all have had it.
    """
    in_trouble = set(Trouble.objects.filter(duty=duty).values_list("brand_id", flat=True))
    brands, failed = Brand.objects.order_by("pk"), 0
    for brand in brands:
        if stop_asked():
            return
        try:
            do(brand, timezone.now())
        except Exception as error:  # noqa: BLE001 - shown to those whose brand it is
            failed += 1
            _note(brand, duty, error)
        else:
            if brand.pk in in_trouble:
                Trouble.objects.filter(brand=brand, duty=duty).delete()
    if failed:
        raise BrandsFailed(f"{failed} of {len(brands)} brands; the System page of each says why.")


def troubles_of(brand: Brand) -> list[tuple[str, Trouble]]:
    """Return what duties cannot do for a brand at present, each with the duty's title."""
    known = duties()
    return [
        (str(known[trouble.duty].title) if trouble.duty in known else trouble.duty, trouble)
        for trouble in Trouble.objects.filter(brand=brand).order_by("duty")
    ]


def _note(brand: Brand, duty: str, error: Exception) -> None:
    log.error("duty %s failed for %s: %s", duty, brand.slug, trace(error))
    now, said = timezone.now(), describe(error)
    again = Trouble.objects.filter(brand=brand, duty=duty)
    if not again.update(failures=F("failures") + 1, error=said, failed_at=now):
        Trouble.objects.create(brand=brand, duty=duty, error=said, since_at=now, failed_at=now)
