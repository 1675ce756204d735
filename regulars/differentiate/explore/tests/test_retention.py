"""Who comes again, counted by hand."""

import pytest

from regulars.differentiate.explore.retention import counted, retention_from
from regulars.differentiate.explore.tests.ledger import Ledger, day

pytestmark = pytest.mark.once


@pytest.fixture
def ledger():
    """Two who began in January, with tea and with a cup; one in February, who brought it back."""
    ledger = Ledger()
    for number, source in ((1, "web"), (2, "web"), (3, "")):
        ledger.customer(number, source=source)
    ledger.product(1)
    ledger.product(2)
    ledger.order(1, 3, [(1, 1.0, 500), (2, 1.0, 100)], branch=1)
    ledger.order(1, 40, [(2, 1.0, 300)], branch=2)
    ledger.order(2, 9, [(2, 1.0, 200)], branch=2)
    ledger.order(2, 70, [(2, 1.0, 200)], branch=2)
    ledger.order(3, 33, [(1, 1.0, 900)], branch=1)
    back = ledger.order(3, 62, [(1, 1.0, 900)], branch=1)
    ledger.refund(back, 63, 900, customer=3, matched=900)
    return ledger


def told(ledger, *, unit="month", start="cohort", on=89):
    with ledger.scope(on=on) as scope:
        rows = counted(scope, unit=unit, start=start).to_pyarrow().to_pylist()
    found = retention_from(rows, unit=unit, start=start, as_of=day(on))
    return {
        one.key: [(came.base, came.people, came.value_minor) for came in one.units]
        for one in (*found.starts, found.whole)
    }


def test_cohorts_count_only_months_that_are_over(ledger):
    found = told(ledger)
    assert found["2025-01-01"] == [(2, 2, 800), (2, 1, 300), (2, 1, 200)]
    assert found["2025-02-01"] == [(1, 1, 900), (1, 0, 0)]
    assert found[""] == [(3, 3, 1700), (3, 1, 300), (2, 1, 200)]
    assert told(ledger, on=88)["2025-01-01"] == [(2, 2, 800), (2, 1, 300)]


def test_a_start_is_where_most_was_spent_on_the_first_day(ledger):
    assert told(ledger, start="first_product")["1"][1] == (2, 1, 300)
    assert told(ledger, start="first_branch")["2"][1:] == [(1, 0, 0), (1, 1, 200)]
    assert told(ledger, start="source")["web"][0] == (2, 2, 800)


def test_quarters_hold_their_months(ledger):
    assert told(ledger, unit="quarter") == {"2025-01-01": [(3, 3, 2200)], "": [(3, 3, 2200)]}
