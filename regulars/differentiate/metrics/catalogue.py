"""What is measured of each customer, declared once: its name, its words, its kind, its sentence.

The list of customers, the conditions of segments and the dimensions of Explore are made of these.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum, auto
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.functional import Promise
from django.utils.text import capfirst, format_lazy
from django.utils.translation import get_language, gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from regulars.differentiate.metrics.cells import CELLS, FREQUENCY_STATES, RECENCY_STATES
from regulars.lib.money import format_money
from regulars.organization.public import Brand

Text = str | Promise


class Kind(StrEnum):
    NUMBER = auto()
    DAYS = auto()
    MONEY = auto()  # minor units of the brand's currency
    DAY = auto()
    STATE = auto()
    SCORE = auto()
    YES_NO = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """A column of the computed table. ``phrase`` stands in sentences, ``label`` over a column.

    ``states`` are the words of one that has few values, in their order.
    """

    key: str
    kind: Kind
    group: Text
    phrase: Text
    label: Text
    sentence: Text = ""
    states: Mapping[str, Text] = field(default_factory=dict)

    @property
    def number(self) -> bool:
        """Whether it can be reached, or not passed."""
        return self.kind in {Kind.NUMBER, Kind.DAYS, Kind.MONEY, Kind.SCORE}

    def say(self, value: Any, brand: Brand) -> str:
        """Write a value for reading, in the active language; nothing when it is unknown."""
        if value is None:
            return ""
        if self.kind is Kind.MONEY:
            return format_money(int(value), brand.currency, get_language() or "en")
        if self.kind is Kind.DAY:
            return date_format(value)
        if self.kind is Kind.DAYS:
            return gettext("%(days)s days") % {"days": f"{value:g}"}
        if self.kind is Kind.STATE:
            return str(self.states.get(value, ""))
        return number_format(value, force_grouping=True)


STATE_WORDS: Mapping[str, Text] = {
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
RECENCY_WORDS = {state: STATE_WORDS[state] for state in RECENCY_STATES}
FREQUENCY_WORDS = {state: STATE_WORDS[state] for state in FREQUENCY_STATES}
CELL_WORDS: Mapping[str, Text] = {
    cell: format_lazy("{} · {}", *(STATE_WORDS[state] for state in cell.split("/")))
    for cell in CELLS
}
RHYTHM, WORTH, SCORES, BOARD = _("Rhythm"), _("Worth"), _("Scores"), _("Board")
NUMBER, DAYS, MONEY, DAY, SCORE = Kind.NUMBER, Kind.DAYS, Kind.MONEY, Kind.DAY, Kind.SCORE
STATE, YES_NO = Kind.STATE, Kind.YES_NO


def _metric(
    key: str, kind: Kind, group: Text, phrase: Text, sentence: Text, label: Text = "",
    states: Mapping[str, Text] | None = None,
) -> Metric:  # fmt: skip
    return Metric(
        key=key, kind=kind, group=group, phrase=phrase, sentence=sentence,
        label=label or capfirst(phrase),  # type: ignore[type-var]
        states=states or {},
    )  # fmt: skip


METRICS: Mapping[str, Metric] = {metric.key: metric for metric in (
    _metric("visits", NUMBER, RHYTHM, _("number of visits"),
            _("Days on which orders, less what was given back of them, are worth something."),
            _("Visits")),
    _metric("visits_year", NUMBER, RHYTHM, _("visits within a year"),
            _("Visits of the year up to the day one looks from.")),
    _metric("recency_days", DAYS, RHYTHM, _("days since the last visit"),
            _("Days from the last visit to the day one looks from.")),
    _metric("cadence_days", DAYS, RHYTHM, _("days between visits"),
            _("The median between two visits: from three visits on one's own, before everybody's."),
            _("Cadence")),
    _metric("due_in_days", DAYS, RHYTHM, _("days until the next visit is due"),
            _("Days until one cadence after the last visit; less than nothing when that is past.")),
    _metric("first_visit_on", DAY, RHYTHM, _("first visit"), _("The day of the first visit.")),
    _metric("last_visit_on", DAY, RHYTHM, _("last visit"), _("The day of the last visit.")),
    _metric("due_on", DAY, RHYTHM, _("next visit due"),
            _("One cadence after the last visit."), _("Next due")),
    _metric("active_until_on", DAY, RHYTHM, _("end of the active window"),
            _("The last day on which the customer counts as active without another visit.")),
    _metric("net_minor", MONEY, WORTH, _("net value"),
            _("All orders after discounts, without shipping and tax, less all refunds.")),
    _metric("value_year_minor", MONEY, WORTH, _("value within a year"),
            _("What the visits of the year up to the day one looks from brought.")),
    _metric("average_order_minor", MONEY, WORTH, _("average order"),
            _("The value of all orders divided by their number.")),
    _metric("ordered_minor", MONEY, WORTH, _("value of all orders"),
            _("All orders after discounts; refunds are not taken off.")),
    _metric("discount_minor", MONEY, WORTH, _("discounts received"),
            _("What was taken off the prices of all orders.")),
    _metric("refunded_minor", MONEY, WORTH, _("value given back"), _("All refunds.")),
    _metric("orders", NUMBER, WORTH, _("number of all orders"),
            _("All orders, also those that were given back."), _("Orders")),
    _metric("net_rank", NUMBER, WORTH, _("rank by net value"),
            _("The place among all customers with a visit, the highest net value first.")),
    _metric("r", SCORE, SCORES, _("recency score R"),
            _("The score of recency, 5 for the fifth of customers who came last.")),
    _metric("f", SCORE, SCORES, _("frequency score F"),
            _("The score of frequency, 5 for the fifth of customers who came most often.")),
    _metric("m", SCORE, SCORES, _("monetary score M"),
            _("The score of net value, 5 for the fifth of customers who brought most.")),
    _metric("cell", STATE, BOARD, _("cell of the board"),
            _("The customer's cell of the board on the day one looks from."),
            _("Cell"), CELL_WORDS),
    _metric("cell_before", STATE, BOARD, _("cell a month ago"),
            _("The cell a month before the day one looks from."), states=CELL_WORDS),
    _metric("recency_state", STATE, BOARD, _("how long ago"),
            _("How long ago the last visit was, measured by the active window."),
            _("Recency"), RECENCY_WORDS),
    _metric("frequency_state", STATE, BOARD, _("how often"),
            _("How many visits the customer has had."), _("Frequency"), FREQUENCY_WORDS),
    _metric("due_state", STATE, BOARD, _("next visit"),
            _("Whether the next visit, one cadence after the last, is due, overdue or later."),
            states={state: STATE_WORDS[state] for state in ("due", "overdue", "later")}),
    _metric("leaving", YES_NO, BOARD, _("about to leave the active window"),
            _("Whether the active window ends within the days the brand wants to be told before.")),
)}  # fmt: skip


def say_cell(cell: str) -> str:
    """Write ``active/fan`` for reading: active · fan; nothing of what is no cell."""
    return str(CELL_WORDS.get(cell, ""))
