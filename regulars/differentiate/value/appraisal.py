"""Everything that is fitted to a brand's visits as of a day."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from regulars.differentiate.metrics.public import Facts, shopping_days
from regulars.differentiate.value.candidates import Candidate, Choice, candidates, choose
from regulars.differentiate.value.costs import Costs
from regulars.differentiate.value.histories import (
    Distinct,
    distinct,
    distinct_before,
    histories,
)
from regulars.differentiate.value.prospects import Outlook
from regulars.differentiate.value.spending import Spending, spending_of
from regulars.differentiate.value.summary import DAYS_A_WEEK
from regulars.differentiate.value.tracking import Attendance, attendance_of

if TYPE_CHECKING:
    import ibis

LONGEST_HOLDOUT, LEAST_WEEKS = 39, 26
HELD_OUT = 3  # one part of three


@dataclass(frozen=True, kw_only=True)
class Appraisal:
    """What was found. ``days`` are shopping days, ``people`` one row a customer with a visit.

    ``before`` are the histories up to the holdout of ``holdout_weeks``, 0 when the shop is too
    young for one. ``begins_on`` is the day of the first visit.
    """

    days: "ibis.Table"
    people: "ibis.Table"
    now: Distinct
    before: Distinct
    begins_on: date
    holdout_weeks: int
    attendance: Attendance
    candidates: Sequence[Candidate]
    choice: Choice
    spending: Spending
    outlook: Outlook
    costs: Costs


@contextmanager
def appraised(facts: Facts, *, outlook: Outlook, costs: Costs) -> Iterator[Appraisal]:
    """Fit everything, and give it while the block lasts: its tables go with it."""
    with shopping_days(facts).cache() as days:
        begins_on = _first_day(days) or facts.as_of
        weeks = holdout_weeks(begins_on, facts.as_of)
        cutoff = facts.as_of - timedelta(weeks=weeks)
        with histories(days, cutoff=cutoff).cache() as people:
            now, before = (
                distinct(people, ends_on=facts.as_of),
                distinct_before(people, cutoff=cutoff),
            )
            found = candidates(now, before, weeks=weeks)
            yield Appraisal(
                days=days,
                people=people,
                now=now,
                before=before,
                begins_on=begins_on,
                holdout_weeks=weeks,
                attendance=attendance_of(days, begins_on=begins_on, ends_on=facts.as_of),
                candidates=found,
                choice=choose(found),
                spending=spending_of(people),
                outlook=outlook,
                costs=costs,
            )


def holdout_weeks(begins_on: date, ends_on: date) -> int:
    """Return how many weeks are held out: a third of the history, at most as in the papers."""
    weeks = (ends_on - begins_on).days // DAYS_A_WEEK
    return min(LONGEST_HOLDOUT, weeks // HELD_OUT) if weeks >= LEAST_WEEKS else 0


def _first_day(days: "ibis.Table") -> date | None:
    found: date | None = days.filter(days.visit).day.min().to_pyarrow().as_py()
    return found
