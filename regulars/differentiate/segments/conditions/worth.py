"""Conditions about what a person is expected to do and to be worth, and when to act."""

from collections.abc import Sequence
from datetime import date

import ibis
from django.utils.translation import gettext_lazy as _

from regulars.differentiate.metrics.public import VALUE_METRICS
from regulars.differentiate.segments.family import Condition, Family, declare
from regulars.differentiate.segments.ground import Ground
from regulars.differentiate.segments.groups import STANDING
from regulars.differentiate.segments.values import Subject, subject_of
from regulars.differentiate.value.public import VALUES, Valuation
from regulars.organization.public import Brand


def subjects(_brand: Brand) -> Sequence[Subject]:
    return [subject_of(metric) for metric in VALUE_METRICS.values()]


def measure(condition: Condition, ground: Ground) -> ibis.Column:
    def values() -> ibis.Table:
        rows = ground.computed(VALUES, _valued_on(ground))
        return rows.select("customer_id", *VALUE_METRICS)

    return ground.beside("values", condition.about.subject.key, values)


def _valued_on(ground: Ground) -> date | None:
    found = Valuation.objects.filter(brand=ground.brand, as_of_on__lte=ground.day)
    return found.order_by("-as_of_on").values_list("as_of_on", flat=True).first()


declare(
    Family(
        key="worth",
        label=_("Expected value"),
        subjects=subjects,
        measure=measure,
        group=STANDING,
    )
)
