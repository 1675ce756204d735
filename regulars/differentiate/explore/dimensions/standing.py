"""How the customer stands on the day one looks from: cell, cohort, scores, what is expected."""

from collections.abc import Collection, Mapping
from datetime import date

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from regulars.differentiate.explore.dimension import Dimension, day_from, number_from, plain
from regulars.differentiate.explore.dimensions.time import first_day, say_month
from regulars.differentiate.explore.grains import About
from regulars.differentiate.metrics.public import METRICS
from regulars.organization.public import Brand

STANDING = _("Standing")
NO_VISIT = pgettext_lazy("value", "no visit")
SCORES = tuple(str(score) for score in range(1, 6))


def _dimension(name: str, key: str = "") -> Dimension:
    """Split by a metric that has few values."""
    metric = METRICS[name]
    return Dimension(
        key=key or name,
        label=metric.label,
        sentence=metric.sentence,
        about=About.CUSTOMER,
        column=plain(name),
        group=STANDING,
        in_order=True,
        read=str if metric.states else int,
        words=lambda brand, values: {value: metric.say(value, brand) for value in values},
        unknown=NO_VISIT,
        every=tuple(metric.states) or SCORES,
    )


def _months(_brand: Brand, values: Collection[str]) -> Mapping[str, str]:
    return {value: say_month(date.fromisoformat(value)) for value in values}


cell = _dimension("cell")
recency_state = _dimension("recency_state")
frequency_state = _dimension("frequency_state")
due_state = _dimension("due_state", "due")
cohort = Dimension(
    key="cohort",
    label=_("Cohort"),
    sentence=_("The month of the customer's first visit."),
    about=About.CUSTOMER,
    column=lambda people, scope: first_day(people.first_visit_on, "M"),  # noqa: ARG005
    group=STANDING,
    in_order=True,
    read=day_from,
    words=_months,
    unknown=NO_VISIT,
)
cohort_year = Dimension(
    key="cohort_year",
    label=_("Cohort, by year"),
    sentence=_("The year of the customer's first visit."),
    about=About.CUSTOMER,
    column=lambda people, scope: people.first_visit_on.year(),  # noqa: ARG005
    group=STANDING,
    in_order=True,
    read=number_from,
    unknown=NO_VISIT,
)
recency_score, frequency_score, monetary_score = map(_dimension, "rfm")
