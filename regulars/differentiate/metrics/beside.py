"""What customers were found to be worth, declared once: to stand beside their metrics.

Who writes the table stands above metrics; the list and the file of customers, the conditions of
segments and Explore read it.
"""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from regulars.differentiate.metrics.catalogue import WORTH, Kind, Metric, Text
from regulars.lake.public import NotInTheLake, Reading

if TYPE_CHECKING:
    import ibis

VALUES = "customer_value"
VALUED_ON = "valued_on"
CHURN_WORDS: Mapping[str, Text] = {
    "safe": pgettext_lazy("churn", "safe"),
    "at-risk": pgettext_lazy("churn", "at risk"),
    "slipping": pgettext_lazy("churn", "slipping away"),
    "lost": pgettext_lazy("churn", "lost"),
}
TYPES = {Kind.NUMBER: "float64", Kind.MONEY: "int64", Kind.DAY: "date", Kind.STATE: "string"}


def _foreseen(
    key: str, kind: Kind, phrase: Text, label: Text = "", states: Mapping[str, Text] | None = None
) -> Metric:
    label = label or capfirst(phrase)  # type: ignore[type-var]
    return Metric(key=key, kind=kind, group=WORTH, phrase=phrase, label=label, states=states or {})


VALUE_METRICS: Mapping[str, Metric] = {metric.key: metric for metric in (
    _foreseen("alive", Kind.NUMBER, _("probability of coming again, 0 to 1"), _("Still there")),
    _foreseen("expected_visits", Kind.NUMBER, _("expected visits")),
    _foreseen("expected_value_minor", Kind.MONEY, _("expected value"), _("Expected value")),
    _foreseen("at_stake_minor", Kind.MONEY, _("value at stake")),
    _foreseen("past_profit_minor", Kind.MONEY, _("profit so far")),
    _foreseen("expected_profit_minor", Kind.MONEY, _("expected profit")),
    _foreseen("lifetime_minor", Kind.MONEY, _("lifetime value")),
    _foreseen("next_visit_on", Kind.DAY, _("expected day of the next visit")),
    _foreseen("act_on", Kind.DAY, _("day to act"), _("Day to act")),
    _foreseen("churn_state", Kind.STATE, _("risk of losing them"), states=CHURN_WORDS),
    _foreseen("refund_minor", Kind.MONEY, _("refunded of the last purchase")),
    _foreseen("dearer_share", Kind.NUMBER,
              _("rise in price of what was bought last (0.1 is 10 %)")),
    _foreseen("gone_on", Kind.DAY, _("last sale of what was bought last and is gone")),
)}  # fmt: skip


def with_values(rows: "ibis.Table", lake: Reading, *, brand_id: int, day: date) -> "ibis.Table":
    """Add what customers were found to be worth on the newest day up to ``day``; nulls if never.

    ``valued_on`` is that day.
    """
    import ibis  # at the first question: a start should not wait for it

    try:
        kept = lake.computed(VALUES)
    except NotInTheLake:
        unknown = {key: ibis.null(TYPES[one.kind]) for key, one in VALUE_METRICS.items()}
        return rows.mutate(**{VALUED_ON: ibis.null("date")}, **unknown)
    mine = kept.filter(kept.brand_id == brand_id, kept.as_of <= day)
    newest = mine.filter(mine.as_of == mine.as_of.max())
    values = newest.select("customer_id", *VALUE_METRICS, **{VALUED_ON: newest.as_of})
    return rows.left_join(values, "customer_id").drop("customer_id_right")
