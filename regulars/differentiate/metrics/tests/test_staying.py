"""Cohorts: people by the month of their first visit, and the months after."""

from datetime import date

import pytest

from regulars.differentiate.metrics.staying import Came, cohorts_from

pytestmark = pytest.mark.once

JANUARY, FEBRUARY, MARCH = (date(2025, month, 1) for month in (1, 2, 3))
ROWS = [
    (JANUARY, JANUARY, Came(people=10, value_minor=1000)),
    (JANUARY, MARCH, Came(people=4, value_minor=300)),
    (FEBRUARY, FEBRUARY, Came(people=5, value_minor=500)),
    (FEBRUARY, MARCH, Came(people=1, value_minor=50)),
]


def test_a_month_in_which_nobody_came_is_there() -> None:
    january, february = cohorts_from(ROWS, as_of=date(2025, 3, 10)).all
    assert [came.people for came in january.months] == [10, 0, 4]
    assert [came.value_minor for came in february.months] == [500, 50]
    assert (january.share(2), january.share(3)) == (0.4, None)


@pytest.mark.parametrize(("as_of", "next_month"), [(10, 0), (30, 0), (31, 1 / 15)])
def test_only_months_that_are_over_count_for_all_cohorts(as_of: int, next_month: float) -> None:
    found = cohorts_from(ROWS, as_of=date(2025, 3, as_of))
    assert found.share(1) == pytest.approx(next_month)


def test_without_visits_there_are_no_cohorts() -> None:
    found = cohorts_from([], as_of=JANUARY)
    assert (found.all, found.longest, found.share(1)) == ((), 0, None)
