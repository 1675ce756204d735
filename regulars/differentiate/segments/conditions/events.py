"""Conditions about what happened on the timeline: how often, when, and with which properties."""

from collections.abc import Sequence
from typing import Any

import ibis
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from regulars.differentiate.segments.family import Condition, Extra, Family, declare
from regulars.differentiate.segments.ground import Ground
from regulars.differentiate.segments.groups import BOUGHT
from regulars.differentiate.segments.happenings import (
    LONGEST_KIND,
    PROPERTIES,
    filters,
    happened,
    kind_labels,
    label_of_kind,
    property_filter,
)
from regulars.differentiate.segments.json_columns import is_name, text_in, typed
from regulars.differentiate.segments.problem import Path, refuse
from regulars.differentiate.segments.values import Subject, ValueKind
from regulars.differentiate.segments.wording import say_counted
from regulars.organization.public import Brand

NUMBER, MONEY, DAY = ValueKind.NUMBER, ValueKind.MONEY, ValueKind.DAY
SUBJECTS = (
    Subject(key="times", label=gettext_lazy("how many times"), kind=NUMBER),
    Subject(key="days", label=gettext_lazy("on how many days"), kind=NUMBER),
    Subject(key="first_on", label=gettext_lazy("first day"), kind=DAY),
    Subject(key="last_on", label=gettext_lazy("last day"), kind=DAY),
    Subject(key="value.sum", label=gettext_lazy("sum of values"), kind=MONEY),
    Subject(key="value.average", label=gettext_lazy("average value"), kind=MONEY),
    Subject(key="value.least", label=gettext_lazy("smallest value"), kind=MONEY),
    Subject(key="value.most", label=gettext_lazy("largest value"), kind=MONEY),
)
OWN = {
    "distinct": gettext_lazy("number of different “%(name)s”"),
    "sum": gettext_lazy("sum of “%(name)s”"),
    "average": gettext_lazy("average of “%(name)s”"),
    "least": gettext_lazy("smallest “%(name)s”"),
    "most": gettext_lazy("largest “%(name)s”"),
}
NOTHING = ("times", "days", "value.sum", "distinct.", "sum.")


def subjects(_brand: Brand) -> Sequence[Subject]:
    return SUBJECTS


def property_subject(_brand: Brand, key: str) -> Subject | None:
    what, _dot, name = key.partition(".")
    if what not in OWN or not is_name(name):
        return None
    return Subject(key=key, label=str(OWN[what]) % {"name": name}, kind=NUMBER)


def read_kind(given: Any, _brand: Brand, path: Path) -> str:
    if not isinstance(given, str) or not given.strip() or len(given) > LONGEST_KIND:
        raise refuse(path, _("The kind of an event is needed here."))
    return given.strip()


def measure(condition: Condition, ground: Ground) -> ibis.Column:
    key = condition.about.subject.key
    own = "" if key in {one.key for one in SUBJECTS} else key

    def counted() -> ibis.Table:
        found = happened(
            ground, condition.extras["event"], where=condition.where, window=condition.window
        )
        if own:
            return found.group_by("customer_id").agg(own=_of_property(found, own))
        return found.group_by("customer_id").agg(**_of_events(found))

    column = "own" if own else key.replace(".", "_")
    value = ground.beside(f"{condition.counted} {own}", column, counted)
    return value.fill_null(0) if key.startswith(NOTHING) else value


def _of_events(found: ibis.Table) -> dict[str, ibis.Value]:
    return {
        "times": found.count(),
        "days": found.day.nunique(),
        "first_on": found.day.min(),
        "last_on": found.day.max(),
        "value_sum": found.value.sum(),
        "value_average": found.value.mean(),
        "value_least": found.value.min(),
        "value_most": found.value.max(),
    }


def _of_property(found: ibis.Table, key: str) -> ibis.Value:
    what, _dot, name = key.partition(".")
    text = text_in(found.properties, name)
    if what == "distinct":
        return text.nunique()
    number = typed(text, "number")
    return {"sum": number.sum, "average": number.mean, "least": number.min, "most": number.max}[
        what
    ]()


def phrase(condition: Condition, brand: Brand) -> str:
    kind, about = label_of_kind(condition.extras["event"]), condition.about
    if about.subject.key == "times" and (about.operator.key, *about.values) in EVER:
        return say_counted(condition, _("had “%(event)s”") % {"event": kind}, brand)
    if about.subject.key == "times" and (about.operator.key, *about.values) in NEVER:
        return say_counted(condition, _("had no “%(event)s”") % {"event": kind}, brand)
    return ""


EVER = {("at_least", 1), ("more_than", 0)}
NEVER = {("equals", 0), ("less_than", 1), ("at_most", 0)}


declare(
    Family(
        key="events",
        label=gettext_lazy("Events"),
        subjects=subjects,
        subject=property_subject,
        measure=measure,
        filters=filters,
        filter=property_filter,
        windowed=True,
        hours=True,
        phrase=phrase,
        noun=lambda condition, _brand: label_of_kind(condition.extras["event"]),
        extras=(
            Extra(
                name="event",
                label=gettext_lazy("kind of event"),
                shape="choice",
                read=read_kind,
                schema={"type": "string", "minLength": 1, "maxLength": LONGEST_KIND},
                options=kind_labels,
                open=True,
            ),
        ),
        group=BOUGHT,
        named=OWN,
        filter_named=PROPERTIES,
    )
)
