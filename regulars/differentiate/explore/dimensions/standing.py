"""How the customer stands on the day one looks from: cell, cohort, scores, what is expected."""

from collections.abc import Collection, Mapping
from datetime import date

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from regulars.differentiate.explore.dimension import Dimension, day_from, plain
from regulars.differentiate.explore.dimensions.time import first_day, say_month
from regulars.differentiate.explore.grains import About
from regulars.differentiate.metrics.public import CELLS, FREQUENCY_STATES, RECENCY_STATES
from regulars.organization.public import Brand

STANDING = _("Standing")
NO_VISIT = pgettext_lazy("value", "no visit")
STATES = {
    "active": pgettext_lazy("cell", "active"),
    "silent": pgettext_lazy("cell", "silent"),
    "dormant": pgettext_lazy("cell", "dormant"),
    "churned": pgettext_lazy("cell", "churned"),
    "new": pgettext_lazy("cell", "new"),
    "second-time": pgettext_lazy("cell", "second-time"),
    "regular": pgettext_lazy("cell", "regular"),
    "fan": pgettext_lazy("cell", "fan"),
    "due": pgettext_lazy("cell", "due"),
    "overdue": pgettext_lazy("cell", "overdue"),
    "later": pgettext_lazy("cell", "later"),
}
SCORES = tuple(str(score) for score in range(1, 6))


def _states(_brand: Brand, values: Collection[str]) -> Mapping[str, str]:
    return {
        value: " · ".join(str(STATES[part]) for part in value.split("/"))
        for value in values
        if set(value.split("/")) <= set(STATES)
    }


def _months(_brand: Brand, values: Collection[str]) -> Mapping[str, str]:
    return {value: say_month(date.fromisoformat(value)) for value in values}


cell = Dimension(
    key="cell",
    label=_("Cell"),
    sentence=_("The customer's cell of the board on the day one looks from."),
    about=About.CUSTOMER,
    column=plain("cell"),
    group=STANDING,
    in_order=True,
    words=_states,
    unknown=NO_VISIT,
    every=CELLS,
)
recency_state = Dimension(
    key="recency_state",
    label=_("Recency"),
    sentence=_("How long ago the last visit was, measured by the active window."),
    about=About.CUSTOMER,
    column=plain("recency_state"),
    group=STANDING,
    in_order=True,
    words=_states,
    unknown=NO_VISIT,
    every=RECENCY_STATES,
)
frequency_state = Dimension(
    key="frequency_state",
    label=_("Frequency"),
    sentence=_("How many visits the customer has had."),
    about=About.CUSTOMER,
    column=plain("frequency_state"),
    group=STANDING,
    in_order=True,
    words=_states,
    unknown=NO_VISIT,
    every=FREQUENCY_STATES,
)
due_state = Dimension(
    key="due",
    label=_("Next visit"),
    sentence=_("Whether the next visit, one cadence after the last, is due, overdue or later."),
    about=About.CUSTOMER,
    column=plain("due_state"),
    group=STANDING,
    in_order=True,
    words=_states,
    unknown=NO_VISIT,
    every=("due", "overdue", "later"),
)
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
    read=int,
    unknown=NO_VISIT,
)
recency_score = Dimension(
    key="r",
    label=_("R score"),
    sentence=_("The score of recency, 5 for the fifth of customers who came last."),
    about=About.CUSTOMER,
    column=plain("r"),
    group=STANDING,
    in_order=True,
    read=int,
    unknown=NO_VISIT,
    every=SCORES,
)
frequency_score = Dimension(
    key="f",
    label=_("F score"),
    sentence=_("The score of frequency, 5 for the fifth of customers who came most often."),
    about=About.CUSTOMER,
    column=plain("f"),
    group=STANDING,
    in_order=True,
    read=int,
    unknown=NO_VISIT,
    every=SCORES,
)
monetary_score = Dimension(
    key="m",
    label=_("M score"),
    sentence=_("The score of net value, 5 for the fifth of customers who brought most."),
    about=About.CUSTOMER,
    column=plain("m"),
    group=STANDING,
    in_order=True,
    read=int,
    unknown=NO_VISIT,
    every=SCORES,
)
