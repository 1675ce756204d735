"""How many of a cohort come again, month after month: the triangle of cohorts."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from regulars.differentiate.metrics.computation import COHORTS
from regulars.differentiate.metrics.models import MetricRun
from regulars.lake.public import NeverMirrored, NotInTheLake, reading
from regulars.organization.public import Branches


@dataclass(frozen=True, slots=True, kw_only=True)
class Came:
    """Who came in a month: people, and the value of their visits in minor units."""

    people: int = 0
    value_minor: int = 0


NOBODY = Came()


@dataclass(frozen=True, kw_only=True)
class Cohort:
    """The customers whose first visit was in one month; ``months[k]`` is k months after.

    The months go on until the one of the as-of day, which may not be over: ``whole_months`` are.
    """

    begins_on: date
    months: tuple[Came, ...]
    whole_months: int

    @property
    def people(self) -> int:
        return self.months[0].people

    def share(self, after: int) -> float | None:
        """Return the share of the cohort that came ``after`` so many months; None if yet to be."""
        if after >= len(self.months) or not self.people:
            return None
        return self.months[after].people / self.people


@dataclass(frozen=True, kw_only=True)
class Cohorts:
    """All cohorts of a brand or of some of its branches, the oldest first."""

    all: tuple[Cohort, ...]

    @property
    def longest(self) -> int:
        return max((len(cohort.months) for cohort in self.all), default=0)

    def share(self, after: int) -> float | None:
        """Return the share that came ``after`` so many months, of all cohorts that had them."""
        old = [cohort for cohort in self.all if cohort.whole_months > after]
        people = sum(cohort.people for cohort in old)
        return sum(cohort.months[after].people for cohort in old) / people if people else None


def cohorts_seen(run: MetricRun, *, branch_ids: Branches) -> Cohorts:
    """Read the cohorts as of a run's day, of customers of these home branches."""
    try:
        with reading() as lake:
            table = lake.computed(COHORTS)
            rows = table.filter(table.brand_id == run.brand_id, table.as_of == run.as_of_on)
            if branch_ids is not None:
                rows = rows.filter(rows.branch_id.isin(sorted(branch_ids)))
            summed = rows.group_by("cohort_on", "month_on").agg(
                people=rows.people.sum().cast("int64"),
                value_minor=rows.value_minor.sum().cast("int64"),
            )
            found = summed.to_pyarrow().to_pylist()
    except (NeverMirrored, NotInTheLake):
        found = []
    months = ((row.pop("cohort_on"), row.pop("month_on"), Came(**row)) for row in found)
    return cohorts_from(months, as_of=run.as_of_on)


def cohorts_from(rows: Iterable[tuple[date, date, Came]], *, as_of: date) -> Cohorts:
    """Put months in a row for each cohort, those in which nobody came included."""
    by_cohort: dict[int, dict[int, Came]] = defaultdict(dict)
    for cohort_on, month_on, came in rows:
        by_cohort[_number(cohort_on)][_number(month_on) - _number(cohort_on)] = came
    last = _number(as_of)
    over = last + (_number(as_of + timedelta(days=1)) > last)
    return Cohorts(
        all=tuple(
            _cohort(first, months, last=last, over=over)
            for first, months in sorted(by_cohort.items())
        )
    )


def _cohort(first: int, months: Mapping[int, Came], *, last: int, over: int) -> Cohort:
    return Cohort(
        begins_on=date(first // 12, first % 12 + 1, 1),
        months=tuple(months.get(after, NOBODY) for after in range(last - first + 1)),
        whole_months=over - first,
    )


def _number(day: date) -> int:
    return day.year * 12 + day.month - 1
