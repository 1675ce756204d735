"""Conditions about lists of people that somebody brought in."""

from collections.abc import Sequence

import ibis
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from regulars.differentiate.segments.crowd import LIST, crowd_beside
from regulars.differentiate.segments.family import Condition, Family, declare
from regulars.differentiate.segments.ground import Ground
from regulars.differentiate.segments.groups import LISTS
from regulars.differentiate.segments.models import PeopleList
from regulars.differentiate.segments.values import Subject, ValueKind
from regulars.organization.public import Brand


def subjects(brand: Brand) -> Sequence[Subject]:
    return [
        Subject(key=str(pk), label=name, kind=ValueKind.WHETHER)
        for pk, name in PeopleList.objects.of(brand).in_use().values_list("pk", "name")
    ]


def measure(condition: Condition, ground: Ground) -> ibis.Column:
    key = condition.about.subject.key
    found = PeopleList.objects.of(ground.brand).in_use().get(pk=int(key))
    ground.reads.add(f"{LIST}{key}")
    return crowd_beside(ground, f"{LIST}{key}", found.people)


def phrase(condition: Condition, _brand: Brand) -> str:
    told = {"list": condition.about.subject.label}
    if condition.about.operator.key == "no":
        return _("is not on the list “%(list)s”") % told
    return _("is on the list “%(list)s”") % told


declare(
    Family(
        key="list",
        label=gettext_lazy("Lists"),
        subjects=subjects,
        measure=measure,
        phrase=phrase,
        group=LISTS,
        answers={"yes": gettext_lazy("they are on it"), "no": gettext_lazy("they are not on it")},
        hint=gettext_lazy("People whom you bring along in a file"),
    )
)
