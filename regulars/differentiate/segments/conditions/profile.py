"""Conditions about who a person is."""

from collections.abc import Sequence

import ibis
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from regulars.differentiate.segments.birthdays import age_on
from regulars.differentiate.segments.family import Condition, Family, declare
from regulars.differentiate.segments.ground import Ground
from regulars.differentiate.segments.groups import WHO
from regulars.differentiate.segments.values import Subject, ValueKind
from regulars.differentiate.segments.words import words_of
from regulars.organization.public import Brand

GENDERS = {"female": _("female"), "male": _("male"), "other": _("other")}


def subjects(_brand: Brand) -> Sequence[Subject]:
    return (
        Subject(key="gender", label=_("gender"), kind=ValueKind.CHOICE, options=GENDERS),
        Subject(key="age", label=_("age"), kind=ValueKind.NUMBER),
        Subject(
            key="language",
            label=_("language"),
            kind=ValueKind.CHOICE,
            options=dict(settings.LANGUAGES),
        ),
        Subject(
            key="source",
            label=_("source"),
            kind=ValueKind.TEXT,
            words=words_of("customers", "source"),
        ),
        Subject(key="known_since", label=_("first known"), kind=ValueKind.DAY),
    )


def measure(condition: Condition, ground: Ground) -> ibis.Column:
    if condition.about.subject.key == "age":
        return age_on(ground.person.born_on, ground.day)
    return ground.person[condition.about.subject.key]


declare(
    Family(
        key="profile",
        label=_("Profile"),
        subjects=subjects,
        measure=measure,
        group=WHO,
    )
)
