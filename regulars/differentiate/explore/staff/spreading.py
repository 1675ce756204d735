"""How few bring how much: the 80/20 curve of any dimension."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import ceil

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from regulars.differentiate.explore.answering import Answer
from regulars.differentiate.explore.dimension import OTHERS
from regulars.differentiate.explore.question import Question
from regulars.ui.charts import Axis, Chart, Unit, curve

POINTS, FIFTH = 100, 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """The largest values first: how many there are, and the share that the first so many bring."""

    count: int
    shares: Sequence[float]

    @property
    def top_fifth(self) -> float:
        """The share of the fifth that brings most, rounded up to whole values."""
        return self.shares[ceil(self.count / FIFTH)]


def can_spread(question: Question) -> bool:
    """Whether the rows are parts of a whole, in no order of their own."""
    one = len(question.by) == 1 and not question.by[0].in_order
    return one and question.measures[0].shared


def spread_of(answer: Answer) -> Spread | None:
    """Put all known values in order; None when they bring nothing, or not all are there."""
    name = answer.question.measures[0].key
    if not can_spread(answer.question) or answer.cut_off:
        return None
    known = [row.figures[name] or 0.0 for row in answer.rows if row.keys[0] not in {"", OTHERS}]
    total = sum(known)
    if total <= 0 or OTHERS in {row.keys[0] for row in answer.rows}:
        return None
    brought = accumulate(sorted(known, reverse=True), initial=0.0)
    return Spread(count=len(known), shares=[one / total for one in brought])


def spread_chart(answer: Answer, found: Spread) -> Chart:
    """Draw which share a share of the values brings."""
    step = max(1, found.count // POINTS)
    places = [*range(0, found.count, step), found.count]
    points = [(place / found.count, found.shares[place]) for place in places]
    by, measure = answer.question.by[0].label, answer.question.measures[0].label
    x = Axis(name=_("share of all: %(name)s") % {"name": by}, unit=Unit.PERCENT, least=0, most=1)
    return curve(points, x=x, y=Axis(name=measure, unit=Unit.PERCENT), even=True)


def spread_finding(answer: Answer, found: Spread) -> str:
    """Say what the first fifth brings."""
    return _("%(by)s: %(count)s of %(all)s bring %(share)s of %(measure)s") % {
        "by": answer.question.by[0].label,
        "count": number_format(ceil(found.count / FIFTH), force_grouping=True),
        "all": number_format(found.count, force_grouping=True),
        "share": f"{round(100 * found.top_fifth)} %",
        "measure": answer.question.measures[0].label,
    }
