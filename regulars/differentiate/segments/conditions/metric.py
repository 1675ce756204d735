"""Conditions about the computed metrics: visits, worth, rhythm, scores and the cell."""

from collections.abc import Sequence

import ibis
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from regulars.differentiate.metrics.public import FREQUENCY_STATES, RECENCY_STATES
from regulars.differentiate.segments.family import Condition, Family, declare
from regulars.differentiate.segments.ground import Ground
from regulars.differentiate.segments.values import Subject, ValueKind
from regulars.organization.public import Brand

NUMBER, MONEY, DAY = ValueKind.NUMBER, ValueKind.MONEY, ValueKind.DAY
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
WORTH, RHYTHM, BOARD, SCORES = _("Worth"), _("Rhythm"), _("Board"), _("Scores")
FIGURES = (
    ("visits", _("number of visits"), NUMBER, RHYTHM),
    ("visits_year", _("visits within a year"), NUMBER, RHYTHM),
    ("recency_days", _("days since the last visit"), NUMBER, RHYTHM),
    ("cadence_days", _("days between visits"), NUMBER, RHYTHM),
    ("due_in_days", _("days until the next visit is due"), NUMBER, RHYTHM),
    ("first_visit_on", _("first visit"), DAY, RHYTHM),
    ("last_visit_on", _("last visit"), DAY, RHYTHM),
    ("due_on", _("next visit due"), DAY, RHYTHM),
    ("active_until_on", _("end of the active window"), DAY, RHYTHM),
    ("net_minor", _("net value"), MONEY, WORTH),
    ("value_year_minor", _("value within a year"), MONEY, WORTH),
    ("average_order_minor", _("average order"), MONEY, WORTH),
    ("ordered_minor", _("value of all orders"), MONEY, WORTH),
    ("discount_minor", _("discounts received"), MONEY, WORTH),
    ("refunded_minor", _("value given back"), MONEY, WORTH),
    ("orders", _("number of all orders"), NUMBER, WORTH),
    ("net_rank", _("rank by net value"), NUMBER, WORTH),
    ("r", _("recency score R"), NUMBER, SCORES),
    ("f", _("frequency score F"), NUMBER, SCORES),
    ("m", _("monetary score M"), NUMBER, SCORES),
)


def subjects(_brand: Brand) -> Sequence[Subject]:
    figures = [
        Subject(key=key, label=label, kind=kind, group=group) for key, label, kind, group in FIGURES
    ]
    cells = {
        f"{recency}/{often}": f"{STATES[recency]} · {STATES[often]}"
        for recency in RECENCY_STATES
        for often in FREQUENCY_STATES
    }
    words = (
        ("cell", _("cell of the board"), cells),
        ("cell_before", _("cell a month ago"), cells),
        ("recency_state", _("how long ago"), {key: STATES[key] for key in RECENCY_STATES}),
        ("frequency_state", _("how often"), {key: STATES[key] for key in FREQUENCY_STATES}),
        ("due_state", _("next visit"), {key: STATES[key] for key in ("due", "overdue", "later")}),
    )
    places = [
        Subject(key=key, label=label, kind=ValueKind.CHOICE, options=options, group=BOARD)
        for key, label, options in words
    ]
    leaving = Subject(
        key="leaving", label=_("about to leave the active window"), kind=ValueKind.YES_NO,
        group=BOARD,
    )  # fmt: skip
    return (*figures, *places, leaving)


def measure(condition: Condition, ground: Ground) -> ibis.Column:
    return ground.beside("metrics", condition.about.subject.key, lambda: ground.metrics)


declare(Family(key="metric", label=_("Metrics"), subjects=subjects, measure=measure))
