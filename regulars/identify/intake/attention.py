"""Which imports want to be looked at."""

from datetime import datetime, timedelta

from django.db.models import Q

from regulars.identify.intake.models import Import, ImportState
from regulars.identify.intake.unfinished import unfinished_imports
from regulars.organization.public import Brand

SHOWN_FOR = timedelta(days=7)
LEFT_HALF_WAY = (ImportState.FAILED, ImportState.CANCELLED, ImportState.PARTLY)
WAITING = (ImportState.MAPPED, ImportState.CHECKED)
ENDED = (*LEFT_HALF_WAY, ImportState.DONE, ImportState.UNDONE)


def imports_to_look_at(*, brand: Brand, now: datetime, count: int) -> list[Import]:
    """Return those left half-way, and of the last week those that want a decision or were refused.

    What only ended amiss is named until somebody has looked at it.
    """
    unfinished = unfinished_imports(brand=brand)
    left = [one.imported for one in unfinished if one.left_alone and not one.harmless]
    refused = Q(state=ImportState.DONE, counts__refused__gt=0)
    amiss = Q(state__in=[*WAITING, *LEFT_HALF_WAY]) | refused
    recent = Import.objects.filter(amiss, brand=brand, seen_at=None, created_at__gt=now - SHOWN_FOR)
    recent = recent.exclude(pk__in=[imported.pk for imported in left])
    return [*left, *recent.order_by("-pk")[:count]][:count]


def mark_seen(imported: Import, *, now: datetime) -> None:
    """Remember that somebody has looked at how an import ended."""
    if imported.state in ENDED and imported.seen_at is None:
        Import.objects.filter(pk=imported.pk).update(seen_at=now)
