"""Draw answers: lines over time, bars, and the shades of a heat map."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from regulars.differentiate.explore.answering import Answer, Row
from regulars.differentiate.explore.dimension import OTHERS
from regulars.differentiate.explore.measure import Measure
from regulars.differentiate.explore.question import Look
from regulars.differentiate.explore.staff.figures import axis, plain
from regulars.organization.public import Brand
from regulars.ui.charts import Chart, Text, bars, lines

MOST_LINES, MOST_BARS, HEAT_STEPS = 5, 30, 20
Labels = Sequence[Mapping[str, str]]


def drawn(answer: Answer, labels: Labels, brand: Brand) -> Chart | None:
    """Draw the first measure as the question wants it shown; None when that is a table."""
    if not answer.rows:
        return None
    show, by = answer.question.show, answer.question.by
    if show is Look.LINE and by and by[0].in_order:
        return _lines(answer, labels, brand)
    if show in {Look.LINE, Look.BARS} and by:
        return _bars(answer, labels, brand)
    return None


def _lines(answer: Answer, labels: Labels, brand: Brand) -> Chart:
    question = answer.question
    measure, first = question.measures[0], question.by[0]
    if len(question.by) == 1:
        names = [labels[0][row.keys[0]] for row in answer.rows]
        series: dict[Text, list[float | None]] = {
            measure.label: _figures(answer.rows, measure, brand)
        }
        if question.compare:
            before = [plain(row.before[measure.key], measure, brand) for row in answer.rows]
            series[_("the period before")] = before
        return lines(names, series, x=first.label, y=axis(measure, brand))
    places, across = in_two(answer)
    several: dict[Text, list[float | None]] = {
        labels[1][key]: [plain(places.get((at, key)), measure, brand) for at in across[0]]
        for key in across[1][:MOST_LINES]
    }
    names = [labels[0][key] for key in across[0]]
    return lines(names, several, x=first.label, y=axis(measure, brand))


def _bars(answer: Answer, labels: Labels, brand: Brand) -> Chart:
    question = answer.question
    measure = question.measures[0]
    shown = answer.rows[:MOST_BARS]
    items = [
        (
            " · ".join(labels[at][key] for at, key in enumerate(row.keys)),
            plain(row.figures[measure.key], measure, brand) or 0.0,
        )
        for row in shown
    ]
    x = " · ".join(str(dimension.label) for dimension in question.by)
    quiet = [at for at, row in enumerate(shown) if not set(row.keys) & {OTHERS, ""}]
    return bars(items, x=x, y=axis(measure, brand), marked=quiet if len(quiet) < len(shown) else ())


def in_two(answer: Answer) -> tuple[dict[tuple[str, ...], float | None], list[list[str]]]:
    """Return the first measure by pairs of values, and the values of each side in order."""
    first = answer.question.measures[0].key
    places = {row.keys: row.figures[first] for row in answer.rows}
    rows = list(dict.fromkeys(row.keys[0] for row in answer.rows))
    weights: dict[str, float] = defaultdict(float)
    for row in answer.rows:
        weights[row.keys[1]] += row.figures[first] or 0.0
    second = answer.question.by[1]
    if not second.in_order:
        last = {OTHERS: 1, "": 2}
        return places, [rows, sorted(weights, key=lambda key: (last.get(key, 0), -weights[key]))]
    order = {key: at for at, key in enumerate(second.every)}
    across = sorted(weights, key=lambda key: (key == "", order.get(key, len(order)), key))
    return places, [rows, across]


def heat(figure: float | None, most: float) -> int:
    """Return the shade of a figure, from 0 to 20."""
    if not figure or most <= 0:
        return 0
    return max(0, min(HEAT_STEPS, round(HEAT_STEPS * figure / most)))


def _figures(rows: Sequence[Row], measure: Measure, brand: Brand) -> list[float | None]:
    return [plain(row.figures[measure.key], measure, brand) for row in rows]
