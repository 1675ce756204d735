"""Conditions about the computed metrics: visits, worth, rhythm, scores and the cell."""

from collections.abc import Sequence

import ibis
from django.utils.translation import gettext_lazy as _

from regulars.differentiate.metrics.public import METRICS, Kind
from regulars.differentiate.segments.family import Condition, Family, declare
from regulars.differentiate.segments.ground import Ground
from regulars.differentiate.segments.groups import STANDING
from regulars.differentiate.segments.values import Subject, ValueKind
from regulars.organization.public import Brand

KINDS = {
    Kind.NUMBER: ValueKind.NUMBER,
    Kind.DAYS: ValueKind.NUMBER,
    Kind.SCORE: ValueKind.NUMBER,
    Kind.MONEY: ValueKind.MONEY,
    Kind.DAY: ValueKind.DAY,
    Kind.STATE: ValueKind.CHOICE,
    Kind.YES_NO: ValueKind.YES_NO,
}


def subjects(_brand: Brand) -> Sequence[Subject]:
    return [
        Subject(
            key=metric.key,
            label=metric.phrase,
            kind=KINDS[metric.kind],
            options=metric.states,
            group=metric.group,
        )
        for metric in METRICS.values()
    ]


def measure(condition: Condition, ground: Ground) -> ibis.Column:
    return ground.beside("metrics", condition.about.subject.key, lambda: ground.metrics)


declare(
    Family(
        key="metric",
        label=_("Metrics"),
        subjects=subjects,
        measure=measure,
        group=STANDING,
    )
)
