"""Conditions about how a person can be recognized: which identifiers are known."""

from collections.abc import Sequence

import ibis
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from regulars.differentiate.segments.family import Condition, Family, declare
from regulars.differentiate.segments.ground import Ground
from regulars.differentiate.segments.groups import WHO
from regulars.differentiate.segments.values import Subject, ValueKind
from regulars.identify.customers.public import KINDS
from regulars.organization.public import Brand


def subjects(_brand: Brand) -> Sequence[Subject]:
    return [
        Subject(key=kind.key, label=kind.label, kind=ValueKind.WHETHER) for kind in KINDS.values()
    ]


def measure(condition: Condition, ground: Ground) -> ibis.Column:
    def known() -> ibis.Table:
        found = ground.theirs(ground.of_brand("identifiers"))
        return found.group_by("customer_id").agg(
            **{key: (found.kind == key).any() for key in KINDS}
        )

    found = ground.beside("identifiers", condition.about.subject.key, known)
    return found.fill_null(False)  # noqa: FBT003


def phrase(condition: Condition, _brand: Brand) -> str:
    told = {"kind": condition.about.subject.label}
    if condition.about.operator.key == "yes":
        return _("%(kind)s is known") % told
    return _("%(kind)s is not known") % told


declare(
    Family(
        key="identifier",
        label=gettext_lazy("Identifiers"),
        subjects=subjects,
        measure=measure,
        phrase=phrase,
        group=WHO,
        answers={"yes": gettext_lazy("is known"), "no": gettext_lazy("is not known")},
    )
)
