"""The days between visits as a chart, with the lines of the board drawn in."""

from math import ceil

from django.utils.translation import gettext as _

from regulars.differentiate.metrics.cells import Lines
from regulars.differentiate.metrics.limits import FIXED, Window
from regulars.differentiate.metrics.rhythm import Rhythm
from regulars.differentiate.metrics.staff.words import days, percent
from regulars.ui.charts import Axis, Chart, Mark, histogram

BINS = 30
MOST = 98  # per cent of the returns that are drawn, at least


def returns_chart(rhythm: Rhythm, lines: Lines, *, until: float = 0) -> Chart:
    """Draw how many returns took how long: up to ``until`` days, and the rare ones at most."""
    last = max(until, 1.25 * lines.active_days, rhythm.percentile(MOST) or 0)
    width = max(1, ceil(last / BINS))
    bins = [0] * ceil(last / width)
    for length, seen in rhythm.intervals.items():
        if length < width * len(bins):
            bins[length // width] += seen
    ends = (lines.active_days, lines.silent_days, lines.dormant_days)
    marks = [("A" if at == ends[0] else f"{days(at / ends[0])} A", at) for at in ends]
    return histogram(
        [(place * width, (place + 1) * width, count) for place, count in enumerate(bins)],
        x=Axis(name=_("days between two visits")),
        y=Axis(name=_("returns")),
        marks=[Mark(at=at, label=label) for label, at in marks if at < width * len(bins)],
    )


def returns_finding(rhythm: Rhythm, window: Window) -> str:
    """Say how much of the shop's rhythm the active window takes in."""
    share = rhythm.share_within(window.days)
    if share is not None:
        said = _("{share} % of returns happen within {window} days")
        return said.format(share=percent(share), window=days(window.days))
    if window.basis == FIXED:
        said = _("Nobody has come back yet; the active window is fixed at {window} days")
    else:
        said = _("Nobody has come back yet, so an active window of {window} days is assumed")
    return said.format(window=days(window.days))
