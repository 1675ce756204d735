"""What happened on the timelines of people, narrowed to what a condition asks about."""

from collections.abc import Sequence
from datetime import timedelta

import ibis
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from regulars.differentiate.segments.calendar import midnight
from regulars.differentiate.segments.family import Comparison
from regulars.differentiate.segments.ground import Ground, in_window
from regulars.differentiate.segments.json_columns import is_name, text_in, typed
from regulars.differentiate.segments.values import Subject, ValueKind
from regulars.differentiate.segments.windows import Window
from regulars.differentiate.segments.zones import local_day
from regulars.identify.timeline.public import kinds
from regulars.organization.public import Brand

LONGEST_KIND = 60
PROPERTIES = {
    "text": gettext_lazy("property “%(name)s”, as text"),
    "number": gettext_lazy("property “%(name)s”, as a number"),
    "day": gettext_lazy("property “%(name)s”, as a day"),
}
OWN = {"text": ValueKind.TEXT, "number": ValueKind.NUMBER, "day": ValueKind.DAY}


def filters(_brand: Brand) -> Sequence[Subject]:
    """Return what events can be narrowed by, besides their properties."""
    return (
        Subject(key="source", label=gettext_lazy("source"), kind=ValueKind.TEXT),
        Subject(key="value", label=gettext_lazy("value"), kind=ValueKind.MONEY),
        Subject(key="imported", label=gettext_lazy("was imported"), kind=ValueKind.WHETHER),
    )


def property_filter(_brand: Brand, key: str) -> Subject | None:
    """Return the filter by a property: ``text.NAME``, ``number.NAME`` or ``day.NAME``."""
    kind, _dot, name = key.partition(".")
    if kind not in OWN or not is_name(name):
        return None
    label = _("property “%(name)s”") % {"name": name}
    return Subject(key=key, label=label, kind=OWN[kind])


def kind_labels(_brand: Brand) -> dict[str, str]:
    """Return the kinds of event that are declared, with what they are called."""
    return {name: str(kind.label) for name, kind in kinds().items()}


def label_of_kind(name: str) -> str:
    """Return what a kind of event is called, declared or not."""
    kind = kinds().get(name)
    return str(kind.label) if kind else name


def happened(
    ground: Ground, kind: str, *, where: Sequence[Comparison] = (), window: Window
) -> ibis.Table:
    """Return the events of one kind: who, ``at``, local ``day``, ``value`` and ``properties``."""
    events = ground.of_brand("events")
    events = events.filter(events.kind == kind, events.occurred_at < ground.ends_at)
    events = events.filter(*(_holds(events, one, ground) for one in where)) if where else events
    if not window.relative:
        events = _in_span(events, window, ground)
    found = ground.theirs(events)
    found = found.select(
        "customer_id",
        "properties",
        at=found.occurred_at,
        day=local_day(found.occurred_at, ground.zone),
        value=found.value_minor.cast("float64"),
    )
    return in_window(found, window, ground) if window.relative else found


def _in_span(events: ibis.Table, window: Window, ground: Ground) -> ibis.Table:
    """Compare instants rather than days, so that only those of the window are looked at."""
    at = events.occurred_at
    if window.hours:
        return events.filter(at > ground.now - timedelta(hours=window.last or 0), at <= ground.now)
    start, end = window.span(ground.day)
    kept = [at >= midnight(start, ground.zone)] if start else []
    if end and end < ground.day:
        kept.append(at < midnight(end + timedelta(days=1), ground.zone))
    return events.filter(*kept) if kept else events


def _holds(events: ibis.Table, one: Comparison, ground: Ground) -> ibis.Value:
    key = one.subject.key
    if key == "source":
        column = events.source.nullif("")
    elif key == "value":
        column = events.value_minor
    elif key == "imported":
        column = events.backfill
    else:
        column = property_of(events.properties, key)
    return one.holds(column, ground.day)


def property_of(properties: ibis.Column, key: str) -> ibis.Column:
    """Return a property by the key of its filter."""
    kind, _dot, name = key.partition(".")
    return typed(text_in(properties, name), kind)
