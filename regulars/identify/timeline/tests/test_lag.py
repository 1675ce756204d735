from datetime import timedelta

import pytest

from regulars.identify.timeline.public import (
    ReaderTooSlow,
    Start,
    catch_up,
    declare,
    lags,
    reader,
    wait_for_reader,
)
from regulars.identify.timeline.tests.conftest import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _notes(happen):
    reader("notes", kinds=["Waved"], start=Start.FROM_THE_BEGINNING)(lambda events: None)


def test_a_lag_tells_how_many_events_wait_and_since_when(happen):
    happen(3)
    (lag,) = lags()
    assert (lag.events, lag.waiting_since, lag.set_aside) == (3, NOW, 0)
    catch_up()
    (lag,) = lags()
    assert (lag.events, lag.waiting_since) == (0, None)


def test_waiting_for_a_reader_that_has_read_ends_at_once(happen):
    happen(1)
    with pytest.raises(ReaderTooSlow):
        wait_for_reader("notes", timeout=timedelta(0))
    catch_up()
    wait_for_reader("notes", timeout=timedelta(0))


def test_events_for_others_need_not_be_waited_for(happen):
    happen(1)
    catch_up()
    happen(2, kind=declare("Nodded", "Nodded"))
    wait_for_reader("notes", timeout=timedelta(0))
