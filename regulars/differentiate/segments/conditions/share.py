"""Conditions by lot: a share of people that looks like chance and stays the same."""

from collections.abc import Sequence
from typing import Any

import ibis
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from regulars.differentiate.segments.family import Condition, Extra, Family, declare
from regulars.differentiate.segments.ground import Ground
from regulars.differentiate.segments.groups import LISTS
from regulars.differentiate.segments.lot import percent_of
from regulars.differentiate.segments.problem import Path, refuse
from regulars.differentiate.segments.values import Subject, ValueKind
from regulars.organization.public import Brand

LONGEST = 40
SUBJECTS = (
    Subject(key="share", label=gettext_lazy("place among a hundred"), kind=ValueKind.NUMBER),
)


def read_seed(given: Any, _brand: Brand, path: Path) -> str:
    if not isinstance(given, str) or not given.strip() or len(given) > LONGEST:
        raise refuse(path, _("A word is needed here: another word draws other people."))
    return given.strip()


def subjects(_brand: Brand) -> Sequence[Subject]:
    return SUBJECTS


def measure(condition: Condition, ground: Ground) -> ibis.Column:
    return percent_of(ground.person.customer_id, condition.extras["seed"])


def phrase(condition: Condition, _brand: Brand) -> str:
    if condition.about.operator.key != "less_than":
        return ""
    told = {"percent": f"{condition.about.values[0]:g}", "seed": condition.extras["seed"]}
    return _("is among %(percent)s %% drawn by lot “%(seed)s”") % told


declare(
    Family(
        key="share",
        label=gettext_lazy("By lot"),
        subjects=subjects,
        measure=measure,
        phrase=phrase,
        extras=(
            Extra(
                name="seed",
                label=gettext_lazy("word of the draw"),
                shape="text",
                read=read_seed,
                schema={"type": "string", "minLength": 1, "maxLength": LONGEST},
                start="A",
            ),
        ),
        group=LISTS,
        hint=gettext_lazy("A part of them drawn by lot, such as a group to compare with"),
        start={"about": "share", "is": "less_than", "value": 10},
    )
)
