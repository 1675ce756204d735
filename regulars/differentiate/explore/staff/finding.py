"""Say in a sentence what an answer shows."""

from django.utils.translation import gettext as _

from regulars.differentiate.explore.answering import Answer, Row
from regulars.differentiate.explore.dimension import OTHERS, UNKNOWN
from regulars.differentiate.explore.measure import Measure
from regulars.differentiate.explore.staff.drawing import Labels
from regulars.differentiate.explore.staff.figures import change, percent, say
from regulars.organization.public import Brand


def finding(answer: Answer, labels: Labels, brand: Brand) -> str:
    """Say the most that the first measure tells: how it changed, or who has most of it."""
    question = answer.question
    measure = question.measures[0]
    whole = answer.whole.figures[measure.key]
    if whole is None:
        return _("%(measure)s: not known") % {"measure": measure.label}
    if question.compare:
        grown, _way = change(whole, answer.whole.before[measure.key])
        if grown:
            return _("%(measure)s: %(figure)s, %(grown)s on the period before") % {
                "measure": measure.label, "figure": say(whole, measure, brand), "grown": grown,
            }  # fmt: skip
    top = _top(answer, measure)
    if top is None:
        return f"{measure.label}: {say(whole, measure, brand)}"
    name = " · ".join(labels[at][key] for at, key in enumerate(top.keys))
    figure = top.figures[measure.key]
    if measure.shared and figure and whole > 0 and not question.by[0].in_time:
        return _("%(measure)s: most of it %(name)s, %(share)s") % {
            "name": name, "share": percent(figure / whole), "measure": measure.label,
        }  # fmt: skip
    told = {"measure": measure.label, "name": name, "figure": say(figure, measure, brand)}
    if question.by[0].in_time:
        return _("%(measure)s: highest in %(name)s, %(figure)s") % told
    return _("%(measure)s: highest for %(name)s, %(figure)s") % told


def _top(answer: Answer, measure: Measure) -> Row | None:
    known = [
        row
        for row in answer.rows
        if not {OTHERS, UNKNOWN} & set(row.keys) and row.figures[measure.key] is not None
    ]
    return max(known, key=lambda row: row.figures[measure.key] or 0.0, default=None)
