from datetime import timedelta

import pytest

from regulars.identify.timeline.public import declare, events_of, kinds_of, place_of
from regulars.identify.timeline.tests.conftest import NOW

pytestmark = pytest.mark.django_db


def numbers(events):
    return [event.properties["number"] for event in events]


def test_a_history_is_read_page_by_page_latest_first_without_gaps(happen):
    happen(3)
    happen(1, occurred_at=NOW + timedelta(days=1))
    happen(2, customer_id=7)
    happen(2, customer_id=8)
    pages, before = [], None
    while events := events_of(customer_ids=[1, 7], before=before, limit=2):
        pages.append(numbers(events))
        before = place_of(events[-1])
    assert pages == [[4, 6], [5, 3], [2, 1]]


def test_a_history_can_be_of_some_kinds(happen):
    nodded = declare("Nodded", "Nodded")
    happen(1)
    happen(1, kind=nodded)
    assert numbers(events_of(customer_ids=[1], kinds=[nodded])) == [2]
    assert kinds_of(customer_ids=[1]) == ["Nodded", "Waved"]
    assert kinds_of(customer_ids=[2]) == []
