"""Read back what happened to somebody, the latest first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from regulars.identify.timeline.kinds import Kind
from regulars.identify.timeline.models import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place in somebody's history, to read on from."""

    occurred_at: datetime
    sequence: int


def events_of(
    *,
    customer_ids: Iterable[int],
    before: Place | None = None,
    limit: int = 50,
    kinds: Iterable[Kind | str] | None = None,
    without: Iterable[Kind | str] = (),
) -> list[Event]:
    """Return the events of these customer numbers, one person's and their aliases', latest first.

    ``before`` is the ``place_of`` the last event one has. ``without`` leaves kinds out, as a page
    does that shows the facts behind them.
    """
    events = Event.objects.filter(customer_id__in=list(customer_ids))
    if kinds is not None:
        events = events.filter(kind__in=_names(kinds))
    events = events.exclude(kind__in=_names(without))
    if before is not None:
        same = Q(occurred_at=before.occurred_at, sequence__lt=before.sequence)
        events = events.filter(occurred_at__lte=before.occurred_at)
        events = events.filter(Q(occurred_at__lt=before.occurred_at) | same)
    return list(events.order_by("-occurred_at", "-sequence")[:limit])


def place_of(event: Event) -> Place:
    """Return the place of an event in its customer's history."""
    return Place(occurred_at=event.occurred_at, sequence=event.sequence)


def kinds_of(*, customer_ids: Iterable[int]) -> list[str]:
    """Return the names of the kinds that occur among somebody's events."""
    events = Event.objects.filter(customer_id__in=list(customer_ids))
    return sorted(events.order_by().values_list("kind", flat=True).distinct())


def _names(kinds: Iterable[Kind | str]) -> list[str]:
    return [kind if isinstance(kind, str) else kind.name for kind in kinds]
