"""Conditions about where a person lives and is at home."""

from collections.abc import Sequence

import ibis
from django.utils.translation import gettext_lazy as _

from regulars.differentiate.segments.family import Condition, Family, declare
from regulars.differentiate.segments.ground import Ground
from regulars.differentiate.segments.values import Subject, ValueKind
from regulars.organization.public import Branch, Brand


def subjects(brand: Brand) -> Sequence[Subject]:
    branches = {
        str(pk): name for pk, name in Branch.objects.filter(brand=brand).values_list("pk", "name")
    }
    return (
        Subject(key="city", label=_("city"), kind=ValueKind.TEXT),
        Subject(key="region", label=_("region"), kind=ValueKind.TEXT),
        Subject(key="country", label=_("country"), kind=ValueKind.TEXT),
        Subject(key="branch", label=_("home branch"), kind=ValueKind.CHOICE, options=branches),
    )


def measure(condition: Condition, ground: Ground) -> ibis.Column:
    key = condition.about.subject.key
    return ground.person.branch_id.cast("string") if key == "branch" else ground.person[key]


declare(Family(key="place", label=_("Place"), subjects=subjects, measure=measure))
