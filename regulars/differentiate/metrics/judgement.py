"""What each customer's history means: scores, cell, rhythm, and when they are due."""

from dataclasses import dataclass
from datetime import date, timedelta
from math import floor
from typing import TYPE_CHECKING

from regulars.differentiate.metrics.cells import Lines, lines_of
from regulars.differentiate.metrics.limits import Limits, Window
from regulars.differentiate.metrics.scores import Steps

if TYPE_CHECKING:
    import ibis

OWN_CADENCE_FROM = 3  # visits
DUE, OVERDUE, LATER = "due", "overdue", "later"


@dataclass(frozen=True, kw_only=True)
class Yardstick:
    """All that a customer is held against."""

    as_of: date
    before: date
    limits: Limits
    window: Window
    median_days: float | None
    recency: Steps
    frequency: Steps
    monetary: Steps

    @property
    def lines(self) -> Lines:
        return lines_of(self.limits, self.window)

    @property
    def active_days(self) -> int:
        """The last whole day of the active window."""
        return floor(self.window.days)


def judged(people: "ibis.Table", by: Yardstick) -> "ibis.Table":
    """Return the standings with scores, cells and rhythm, one row a customer."""
    people = _scored(people, by)
    people = _placed(people, by)
    return _expected(people, by)


def _scored(people: "ibis.Table", by: Yardstick) -> "ibis.Table":
    came = people.visits > 0
    return people.mutate(
        r=by.recency.score(people.recency_days * -1),
        f=by.frequency.score(came.ifelse(people.visits, None)),
        m=by.monetary.score(came.ifelse(people.net_minor, None)),
        net_rank=came.ifelse(
            people.visits.count().over(
                group_by=came,
                order_by=[people.net_minor.desc(), people.customer_id],
                rows=(None, 0),
            ),
            None,
        ).cast("int32"),
    )


def _placed(people: "ibis.Table", by: Yardstick) -> "ibis.Table":
    lines = by.lines
    then = people.last_visit_on_before.delta(by.before, unit="day") * -1
    return people.mutate(
        recency_state=lines.recency_state(people.recency_days),
        frequency_state=lines.frequency_state(people.visits),
        cell=lines.cell(people.recency_days, people.visits),
        cell_before=lines.cell(then, people.visits_before),
        leaving=leaving(people.recency_days, by.limits, by.window),
        active_until_on=_days_after(people.last_visit_on, by.active_days),
    ).drop("visits_before", "last_visit_on_before")


def _expected(people: "ibis.Table", by: Yardstick) -> "ibis.Table":
    own = (people.visits >= OWN_CADENCE_FROM).ifelse(people.interval_days, by.median_days)
    people = people.mutate(cadence_days=(people.visits > 0).ifelse(own.cast("float64"), None))
    whole = (people.cadence_days + 0.5).floor().cast("int32")
    people = people.mutate(due_in_days=(whole - people.recency_days).cast("int32"))
    return people.mutate(
        due_state=due_state(people.due_in_days, by.limits),
        due_on=_days_after(people.last_visit_on, whole),
    )


def leaving(recency_days: "ibis.Column", limits: Limits, window: Window) -> "ibis.Column":
    """Tell who is in the last days of the active window."""
    left = window.days - recency_days
    return ((left >= 0) & (left <= limits.leaving_within_days)).fill_null(False)  # noqa: FBT003


def due_state(due_in_days: "ibis.Column", limits: Limits) -> "ibis.Column":
    """Return due, overdue or later; null for who has no day on which they are expected."""
    state = (due_in_days < 0).ifelse(
        OVERDUE, (due_in_days <= limits.due_within_days).ifelse(DUE, LATER)
    )
    return due_in_days.isnull().ifelse(None, state)


def _days_after(day: "ibis.Column", days: "ibis.Column | int") -> "ibis.Column":
    interval = timedelta(days=days) if isinstance(days, int) else days.as_interval("D")
    return (day + interval).cast("timestamp").cast("date")  # the engine makes it an instant
