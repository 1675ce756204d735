"""Whether anybody is at work."""

from django.db.models.functions import Now

from regulars.work.leadership import PREFIX
from regulars.work.models import Lease


def workers_alive() -> int:
    """Count the workers that renewed their leases in time; one that leads nothing is not seen."""
    held = Lease.objects.filter(duty__startswith=PREFIX, expires_at__gt=Now()).exclude(holder="")
    return held.values("holder").distinct().count()
