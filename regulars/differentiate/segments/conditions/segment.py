"""Conditions about other segments: whoever is in one, or is not."""

from collections.abc import Sequence

import ibis
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from regulars.differentiate.segments.compiling import condition_of
from regulars.differentiate.segments.crowd import crowd_beside
from regulars.differentiate.segments.family import Condition, Family, declare
from regulars.differentiate.segments.ground import Ground
from regulars.differentiate.segments.groups import LISTS
from regulars.differentiate.segments.models import Membership, Segment
from regulars.differentiate.segments.problem import NotATree, refuse
from regulars.differentiate.segments.tree import read_tree
from regulars.differentiate.segments.values import Subject, ValueKind
from regulars.organization.public import Brand

DEEPEST = 20


def subjects(brand: Brand) -> Sequence[Subject]:
    return [
        Subject(key=str(pk), label=name, kind=ValueKind.WHETHER)
        for pk, name in Segment.objects.of(brand).in_use().values_list("pk", "name")
    ]


def measure(condition: Condition, ground: Ground) -> ibis.Column:
    segment = Segment.objects.of(ground.brand).get(pk=int(condition.about.subject.key))
    if segment.frozen_at:
        people = Membership.objects.get(version=segment.current).people
        return crowd_beside(ground, f"frozen {segment.pk}", people)
    path = (*condition.path, "about")
    if segment.pk in ground.within:
        raise refuse(path, _("This segment would contain itself."))
    if len(ground.within) >= DEEPEST:
        limit = {"limit": DEEPEST}
        raise refuse(path, _("Segments name each other at most %(limit)s levels deep.") % limit)
    try:
        with ground.inside(segment.pk):
            return condition_of(read_tree(segment.current.tree, brand=ground.brand), ground)
    except NotATree as error:
        raise refuse(path, _inner(segment, error)) from error


def _inner(segment: Segment, error: NotATree) -> str:
    """Say what is wrong inside a segment that is named; what goes in a circle is the same there."""
    told = {"segment": segment.name, "problem": error.problems[0].sentence}
    return _("In the segment “%(segment)s”: %(problem)s") % told


def phrase(condition: Condition, _brand: Brand) -> str:
    told = {"segment": condition.about.subject.label}
    if condition.about.operator.key == "no":
        return _("is not in the segment “%(segment)s”") % told
    return _("is in the segment “%(segment)s”") % told


declare(
    Family(
        key="segment",
        label=gettext_lazy("Segments"),
        subjects=subjects,
        measure=measure,
        phrase=phrase,
        group=LISTS,
        answers={"yes": gettext_lazy("they are in it"), "no": gettext_lazy("they are not in it")},
        hint=gettext_lazy("Whoever is in another segment, or is not"),
    )
)
