import pytest
from django.db import OperationalError, transaction

from regulars.identify.timeline.models import Cursor, PoisonedEvent
from regulars.identify.timeline.public import (
    Event,
    ReaderStuck,
    Start,
    begin_reading,
    catch_up,
    declare,
    reader,
    readers,
)
from regulars.identify.timeline.reading import CursorMoved, _react, read
from regulars.work.public import duties

pytestmark = pytest.mark.django_db


class Notebook:
    """A reader that writes down the numbers of the events it is handed."""

    def __init__(self) -> None:
        self.batches: list[list[int]] = []
        self.poison: dict[int, Exception] = {}

    def __call__(self, events: list[Event]) -> None:
        numbers = [event.properties["number"] for event in events]
        for number in numbers:
            if number in self.poison:
                raise self.poison[number]
        self.batches.append(numbers)

    @property
    def numbers(self) -> list[int]:
        return [number for batch in self.batches for number in batch]


def declared(name="notes", **terms) -> Notebook:
    notebook = Notebook()
    reader(name, **({"kinds": None, "start": Start.FROM_THE_BEGINNING} | terms))(notebook)
    return notebook


def test_a_reader_is_handed_every_event_once_in_order(happen):
    notebook = declared()
    happen(3)
    happen(2)
    catch_up()
    catch_up()
    assert notebook.numbers == [1, 2, 3, 4, 5]


def test_a_reader_is_a_duty_of_the_workers(happen):
    notebook = declared()
    happen()
    assert duties()["reader notes"].run() is False
    assert notebook.numbers == [1]


def test_a_full_batch_means_there_may_be_more(happen):
    notebook = declared(batch=2)
    happen(3)
    assert read(readers()["notes"]) is True
    assert read(readers()["notes"]) is False
    assert notebook.batches == [[1, 2], [3]]


def test_a_reader_is_handed_only_its_kinds(happen):
    nodded = declare("Nodded", "Nodded")
    notebook = declared(kinds=[nodded])
    by_name = declared("by name", kinds=["Nodded"])
    happen(2)
    happen(1, kind=nodded)
    catch_up()
    assert notebook.numbers == by_name.numbers == [3]


def test_imported_history_is_handed_only_to_those_who_ask(happen):
    live, everything = declared("live"), declared("everything", backfill=True)
    happen(2, backfill=True)
    happen(1)
    catch_up()
    assert live.numbers == [3]
    assert everything.numbers == [1, 2, 3]


def test_a_new_reader_starts_where_it_says(happen):
    happen(2)
    from_now = declared("from now", start=Start.FROM_NOW)
    from_the_beginning = declared("from the beginning")
    begin_reading()
    happen(1)
    catch_up()
    assert from_now.numbers == [3]
    assert from_the_beginning.numbers == [1, 2, 3]


def test_a_poisoned_event_is_set_aside_and_the_reader_goes_on(happen):
    notebook = declared()
    notebook.poison[4] = ValueError("bad")
    sequences = happen(9)
    catch_up()
    assert notebook.numbers == [1, 2, 3, 5, 6, 7, 8, 9]
    aside = PoisonedEvent.objects.get()
    assert (aside.reader, aside.sequence) == ("notes", sequences[3])
    assert (aside.error, aside.attempts) == ("ValueError: bad", 1)


def test_what_a_failed_batch_wrote_is_undone(happen, teahouse):
    notebook = declared()
    notebook.poison[2] = ValueError("bad")

    @reader("renamer", kinds=None, start=Start.FROM_THE_BEGINNING)
    def rename(events: list[Event]) -> None:
        teahouse.__class__.objects.update(name=str(len(events)))
        if len(events) > 1:
            raise ValueError

    happen(2)
    catch_up()
    teahouse.refresh_from_db()
    assert teahouse.name == "1"


@pytest.mark.django_db(transaction=True)
def test_an_error_that_shows_at_the_commit_is_found_too(happen, teahouse):
    @reader("orphans", kinds=None, start=Start.FROM_THE_BEGINNING)
    def orphan(events: list[Event]) -> None:
        for event in events:
            wrong = 99_999 if event.properties["number"] == 2 else teahouse.pk
            Event.objects.filter(pk=event.pk).update(brand_id=wrong)

    sequences = happen(3)
    catch_up()
    assert PoisonedEvent.objects.get().sequence == sequences[1]


def test_trouble_that_passes_poisons_nothing(happen, monkeypatch):
    monkeypatch.setattr("regulars.identify.timeline.reading.PAUSES", (0,))
    notebook = declared()
    times = []

    @reader("unlucky", kinds=None, start=Start.FROM_THE_BEGINNING)
    def unlucky(events: list[Event]) -> None:
        times.append(len(events))
        if len(times) == 1:
            raise OperationalError("deadlock detected")

    happen(3)
    catch_up()
    assert times == [3, 3]
    assert notebook.numbers == [1, 2, 3]
    assert not PoisonedEvent.objects.exists()


def test_trouble_that_lasts_leaves_the_cursor_where_it_was(happen, monkeypatch):
    monkeypatch.setattr("regulars.identify.timeline.reading.PAUSES", (0,))

    @reader("unlucky", kinds=None, start=Start.FROM_THE_BEGINNING)
    def unlucky(events: list[Event]) -> None:
        raise OperationalError("the server is away")

    happen(3)
    with pytest.raises(OperationalError):
        catch_up()
    assert Cursor.objects.get().sequence == 0
    assert not PoisonedEvent.objects.exists()


def test_a_reader_that_fails_on_everything_stops_and_skips_no_more(happen, monkeypatch):
    monkeypatch.setattr("regulars.identify.timeline.reading.MOST_SET_ASIDE", 3)
    notebook = declared()
    notebook.poison = {number: ValueError("bug") for number in range(1, 6)}
    sequences = happen(5)
    with pytest.raises(ReaderStuck, match="bug"):
        catch_up()
    assert PoisonedEvent.objects.count() == 3
    assert Cursor.objects.get().sequence == sequences[2]
    PoisonedEvent.objects.all().delete()
    notebook.poison = {}
    catch_up()
    assert notebook.numbers == [4, 5]


def test_a_batch_that_another_worker_has_read_is_not_read_again(happen):
    notebook = declared()
    happen(2)
    events, start = list(Event.objects.order_by("sequence")), 0
    catch_up()
    with pytest.raises(CursorMoved):
        _react(readers()["notes"], events, start=start, end=events[-1].sequence)
    assert notebook.numbers == [1, 2]


def test_events_that_a_reader_records_are_read_in_their_turn(happen):
    notebook = declared()

    @reader("echo", kinds=["Waved"], start=Start.FROM_THE_BEGINNING)
    def echo(events: list[Event]) -> None:
        happen(len(events), kind=nodded)

    nodded = declare("Nodded", "Nodded back")
    happen(2)
    catch_up()
    catch_up()
    assert notebook.numbers == [1, 2, 3, 4]


def test_reading_nothing_writes_nothing(happen, django_assert_num_queries):
    declared()
    happen(1)
    catch_up()
    with transaction.atomic():
        from django.db import connection

        with django_assert_num_queries(4 if connection.vendor == "postgresql" else 3) as queries:
            assert read(readers()["notes"]) is False
    assert not [q for q in queries if q["sql"].startswith(("INSERT", "UPDATE"))]
