"""The board as it would be by other thresholds, beside the board of today."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from regulars.differentiate.metrics.catalogue import FREQUENCY_WORDS, RECENCY_WORDS, say_cell
from regulars.differentiate.metrics.cells import FREQUENCY_STATES, RECENCY_STATES
from regulars.differentiate.metrics.limits import Limits
from regulars.differentiate.metrics.staff.returns import returns_chart, returns_finding
from regulars.differentiate.metrics.staff.words import (
    days,
    frequency_limits,
    grouped,
    moved,
    recency_limits,
)
from regulars.differentiate.metrics.summary import Summary
from regulars.differentiate.metrics.trial import Trial, trial, trial_now
from regulars.lake.public import NeverMirrored, NotInTheLake
from regulars.organization.public import Brand
from regulars.ui.charts import Chart

HEATS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """A number of people after, before, and the difference; ``heat`` by how many there would be."""

    label: str | Promise
    after: str
    before: str
    moved: str
    heat: int = 0


@dataclass(frozen=True, kw_only=True)
class Forecast:
    """What a trial says, as the page shows it."""

    finding: str
    chart: Chart
    window: str
    window_before: str
    columns: list[tuple[str | Promise, str]]
    rows: list[tuple[str | Promise, str, list[Beside]]]
    expected: list[Beside]


def forecast(brand: Brand, summary: Summary | None, limits: Limits) -> Forecast | None:
    """Try limits on the customers of the newest day; None while nobody has been counted."""
    if summary is None:
        return None
    try:
        after = trial(brand=brand, summary=summary, limits=limits)
    except (NeverMirrored, NotInTheLake):
        return None
    return _shown(summary, trial_now(summary), after)


def _shown(summary: Summary, before: Trial, after: Trial) -> Forecast:
    often, ages = frequency_limits(after.lines), recency_limits(after.lines)
    most = max(1, *after.cells.values())
    chart = returns_chart(summary.rhythm, after.lines, until=1.25 * before.window.days)
    chart.option["animation"] = False  # it is drawn anew with every figure typed
    return Forecast(
        finding=returns_finding(summary.rhythm, after.window),
        chart=chart,
        window=days(after.window.days),
        window_before=days(before.window.days),
        columns=[(FREQUENCY_WORDS[state], often[state]) for state in FREQUENCY_STATES],
        rows=[
            (
                RECENCY_WORDS[age],
                ages[age],
                [_cell(f"{age}/{state}", before, after, most) for state in FREQUENCY_STATES],
            )
            for age in RECENCY_STATES
        ],
        expected=[
            _beside(_("About to leave"), before.leaving, after.leaving),
            _beside(_("Due"), before.due, after.due),
            _beside(_("Overdue"), before.overdue, after.overdue),
        ],
    )


def _cell(cell: str, before: Trial, after: Trial, most: int) -> Beside:
    heat = round(HEATS * after.cells[cell] / most)
    return _beside(say_cell(cell), before.cells[cell], after.cells[cell], heat)


def _beside(label: str, before: int, after: int, heat: int = 0) -> Beside:
    return Beside(
        label=label,
        after=grouped(after),
        before=grouped(before),
        moved=moved(after - before),
        heat=heat,
    )
