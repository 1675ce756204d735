"""Conditions about where a person lives and is at home."""

from collections.abc import Sequence

import ibis
from django.utils.translation import gettext_lazy as _

from regulars.differentiate.segments.family import Condition, Family, declare
from regulars.differentiate.segments.ground import Ground
from regulars.differentiate.segments.groups import WHO
from regulars.differentiate.segments.values import Subject, ValueKind
from regulars.differentiate.segments.words import words_of
from regulars.organization.public import Branch, Brand


def subjects(brand: Brand) -> Sequence[Subject]:
    branches = {
        str(pk): name for pk, name in Branch.objects.filter(brand=brand).values_list("pk", "name")
    }
    return (
        Subject(
            key="city", label=_("city"), kind=ValueKind.TEXT, words=words_of("customers", "city")
        ),
        Subject(
            key="region",
            label=_("region"),
            kind=ValueKind.TEXT,
            words=words_of("customers", "region"),
        ),
        Subject(
            key="country",
            label=_("country"),
            kind=ValueKind.TEXT,
            words=words_of("customers", "country"),
        ),
        Subject(key="branch", label=_("home branch"), kind=ValueKind.CHOICE, options=branches),
        Subject(
            key="branch_in_city", label=_("an open branch in their city"), kind=ValueKind.YES_NO
        ),
    )


def measure(condition: Condition, ground: Ground) -> ibis.Column:
    key, person = condition.about.subject.key, ground.person
    if key == "branch":
        return person.branch_id.cast("string")
    if key == "branch_in_city":
        return person.city.lower().isin(_cities_with_a_branch(ground))
    return person[key]


def _cities_with_a_branch(ground: Ground) -> list[str]:
    branches = Branch.objects.filter(brand=ground.brand).exclude(city="")
    there = branches.exclude(opened_on__gt=ground.day).exclude(closed_on__lte=ground.day)
    return sorted({city.lower() for city in there.values_list("city", flat=True)})


declare(
    Family(
        key="place",
        label=_("Place"),
        subjects=subjects,
        measure=measure,
        group=WHO,
    )
)
