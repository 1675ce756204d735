"""Conditions about what a person is expected to do and to be worth, and when to act."""

from collections.abc import Sequence
from datetime import date

import ibis
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from regulars.differentiate.segments.family import Condition, Family, declare
from regulars.differentiate.segments.ground import Ground
from regulars.differentiate.segments.groups import STANDING
from regulars.differentiate.segments.values import Subject, ValueKind
from regulars.differentiate.value.public import VALUES, Valuation
from regulars.organization.public import Brand

NUMBER, MONEY, DAY = ValueKind.NUMBER, ValueKind.MONEY, ValueKind.DAY
STATES = {
    "safe": pgettext_lazy("churn", "safe"),
    "at-risk": pgettext_lazy("churn", "at risk"),
    "slipping": pgettext_lazy("churn", "slipping away"),
    "lost": pgettext_lazy("churn", "lost"),
}
SUBJECTS = (
    Subject(key="alive", label=_("probability of coming again, 0 to 1"), kind=NUMBER),
    Subject(key="expected_visits", label=_("expected visits"), kind=NUMBER),
    Subject(key="expected_value_minor", label=_("expected value"), kind=MONEY),
    Subject(key="at_stake_minor", label=_("value at stake"), kind=MONEY),
    Subject(key="past_profit_minor", label=_("profit so far"), kind=MONEY),
    Subject(key="expected_profit_minor", label=_("expected profit"), kind=MONEY),
    Subject(key="lifetime_minor", label=_("lifetime value"), kind=MONEY),
    Subject(key="next_visit_on", label=_("expected day of the next visit"), kind=DAY),
    Subject(key="act_on", label=_("day to act"), kind=DAY),
    Subject(
        key="churn_state",
        label=_("risk of losing them"),
        kind=ValueKind.CHOICE,
        options=STATES,
    ),
    Subject(key="refund_minor", label=_("refunded of the last purchase"), kind=MONEY),
    Subject(
        key="dearer_share",
        label=_("rise in price of what was bought last (0.1 is 10 %)"),
        kind=NUMBER,
    ),
    Subject(key="gone_on", label=_("last sale of what was bought last and is gone"), kind=DAY),
)


def subjects(_brand: Brand) -> Sequence[Subject]:
    return SUBJECTS


def measure(condition: Condition, ground: Ground) -> ibis.Column:
    def values() -> ibis.Table:
        rows = ground.computed(VALUES, _valued_on(ground))
        return rows.select("customer_id", *(subject.key for subject in SUBJECTS))

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
