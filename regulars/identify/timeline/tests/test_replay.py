from datetime import timedelta

import pytest

from regulars.identify.timeline.models import PoisonedEvent
from regulars.identify.timeline.public import (
    Event,
    NotReplayable,
    Start,
    UnknownReader,
    catch_up,
    reader,
    replay,
    retry,
    retry_all,
)
from regulars.identify.timeline.tests.conftest import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def poison():
    return {2}


@pytest.fixture
def handed(happen, poison):
    """The numbers handed to the reader "notes", which fails on those in ``poison``."""
    handed: list[int] = []

    @reader("notes", kinds=None, start=Start.FROM_THE_BEGINNING, replayable=True)
    def note(events: list[Event]) -> None:
        for event in events:
            if event.properties["number"] in poison:
                raise ValueError("bad")
        handed.extend(event.properties["number"] for event in events)

    happen(3)
    catch_up()
    assert handed == [1, 3]
    handed.clear()
    return handed


def test_a_replay_hands_over_everything_again(handed):
    assert replay("notes", received_from=None, now=NOW) == 0
    assert not PoisonedEvent.objects.exists()
    catch_up()
    assert handed == [1, 3]
    assert PoisonedEvent.objects.count() == 1


def test_a_replay_may_begin_where_something_was_received(handed, happen):
    happen(1)
    Event.objects.filter(properties__number=4).update(received_at=NOW + timedelta(hours=1))
    catch_up()
    handed.clear()
    replay("notes", received_from=NOW + timedelta(minutes=1), now=NOW)
    assert PoisonedEvent.objects.count() == 1
    catch_up()
    assert handed == [4]


def test_a_replay_never_skips_forward(handed, happen):
    replay("notes", received_from=NOW + timedelta(days=1), now=NOW)
    happen(1)
    catch_up()
    assert handed == [4]


def test_a_reader_that_does_not_allow_it_is_not_replayed(happen):
    reader("once", kinds=None)(lambda events: None)
    with pytest.raises(NotReplayable):
        replay("once", received_from=None, now=NOW)


def test_an_unknown_reader_is_named(happen):
    with pytest.raises(UnknownReader, match="no reader 'nobody'"):
        replay("nobody", received_from=None, now=NOW)


def test_a_poisoned_event_is_tried_again_and_forgotten(handed, poison):
    poison.clear()
    assert retry(PoisonedEvent.objects.get()) is True
    assert handed == [2]
    assert not PoisonedEvent.objects.exists()


def test_a_poisoned_event_that_fails_again_is_kept_and_counted(handed):
    assert retry_all("notes") == (0, 1)
    assert PoisonedEvent.objects.get().attempts == 2
    assert handed == []


def test_a_poisoned_event_that_somebody_else_retried_is_left_alone(handed, poison):
    poison.clear()
    poisoned = PoisonedEvent.objects.get()
    retry(poisoned)
    retry(PoisonedEvent(pk=99, reader="notes", sequence=poisoned.sequence))
    assert handed == [2]
