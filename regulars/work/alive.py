"""Whether anybody is at work, and at what."""

from django.db.models import QuerySet
from django.db.models.functions import Now

from regulars.work.leadership import PREFIX
from regulars.work.models import Lease


def workers_alive() -> int:
    """Count the workers that renewed their leases in time; one that leads nothing is not seen."""
    return _held().values("holder").distinct().count()


def leaders() -> set[str]:
    """Return the names of the duties that somebody leads."""
    return {name.removeprefix(PREFIX) for name in _held().values_list("duty", flat=True)}


def _held() -> QuerySet[Lease]:
    return Lease.objects.filter(duty__startswith=PREFIX, expires_at__gt=Now()).exclude(holder="")
