"""Conditions about days that return every year: birthdays and anniversaries."""

from collections.abc import Sequence
from dataclasses import replace

import ibis
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _

from regulars.differentiate.segments.birthdays import days_since_birthday, days_until_birthday
from regulars.differentiate.segments.family import Condition, Family, declare
from regulars.differentiate.segments.ground import Ground
from regulars.differentiate.segments.groups import WHO
from regulars.differentiate.segments.values import Subject, ValueKind
from regulars.organization.public import Brand

MONTH_NAMES = {str(number): name for number, name in MONTHS.items()}
OF_WHAT = {
    "birthday": (_("days until the birthday"), _("days since the birthday"), _("month of birth")),
    "known_since": (
        _("days until the anniversary of becoming known"),
        _("days since the anniversary of becoming known"),
        _("month of becoming known"),
    ),
    "first_visit": (
        _("days until the anniversary of the first visit"),
        _("days since the anniversary of the first visit"),
        _("month of the first visit"),
    ),
}


def subjects(_brand: Brand) -> Sequence[Subject]:
    found = []
    for what, (until, since, month) in OF_WHAT.items():
        found += [
            Subject(key=f"{what}.in", label=until, kind=ValueKind.NUMBER),
            Subject(key=f"{what}.ago", label=since, kind=ValueKind.NUMBER),
            Subject(key=f"{what}.month", label=month, kind=ValueKind.CHOICE, options=MONTH_NAMES),
        ]
    return [replace(one, personal=one.key.startswith("birthday.")) for one in found]


def measure(condition: Condition, ground: Ground) -> ibis.Column:
    what, _dot, ask = condition.about.subject.key.partition(".")
    day = _day(what, ground)
    if ask == "month":
        return day.month().cast("string")
    return (days_until_birthday if ask == "in" else days_since_birthday)(day, ground.day)


def _day(what: str, ground: Ground) -> ibis.Column:
    if what == "first_visit":
        return ground.beside("metrics", "first_visit_on", lambda: ground.metrics)
    return ground.person.born_on if what == "birthday" else ground.person.known_since


declare(
    Family(
        key="anniversary",
        label=_("Anniversaries"),
        subjects=subjects,
        measure=measure,
        group=WHO,
    )
)
