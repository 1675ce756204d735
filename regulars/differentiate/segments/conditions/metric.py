"""Conditions about the computed metrics: visits, worth, rhythm, scores and the cell."""

from collections.abc import Sequence

import ibis
from django.utils.translation import gettext_lazy as _

from regulars.differentiate.metrics.public import METRICS
from regulars.differentiate.segments.family import Condition, Family, declare
from regulars.differentiate.segments.ground import Ground
from regulars.differentiate.segments.groups import STANDING
from regulars.differentiate.segments.values import Subject, subject_of
from regulars.organization.public import Brand


def subjects(_brand: Brand) -> Sequence[Subject]:
    return [subject_of(metric, group=metric.group) for metric in METRICS.values()]


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
