"""Kill readers at any moment, run several at once: each event takes effect once."""

import random
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from time import sleep

import pytest
from django.db import connection

from regulars.identify.timeline.models import PoisonedEvent
from regulars.identify.timeline.public import Event, Start, catch_up, reader
from regulars.work.tests.process import wait_until, worker

pytestmark = pytest.mark.django_db(transaction=True)

NOTING = "regulars.identify.timeline.tests.noting"
TOTAL = 300
POISONED = list(range(13, TOTAL, 40))


@pytest.fixture(autouse=True)
def _noted() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE noted (number integer)")
        yield
        cursor.execute("DROP TABLE noted")


def noted() -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM noted ORDER BY number")
        return [number for (number,) in cursor.fetchall()]


def is_done() -> bool:
    return len(noted()) + PoisonedEvent.objects.count() >= TOTAL


def assert_like_one_clean_run() -> None:
    assert noted() == [number for number in range(1, TOTAL + 1) if number not in POISONED]
    assert list(PoisonedEvent.objects.values_list("attempts", flat=True)) == [1] * len(POISONED)


@pytest.mark.parametrize("seed", [1, 2])
def test_a_reader_that_is_killed_again_and_again_ends_as_one_clean_run(happen, seed):
    chance = random.Random(seed)
    happen(TOTAL)
    for _ in range(2):
        before = len(noted())
        with worker(NOTING) as process:
            wait_until(lambda before=before: len(noted()) > before)
            sleep(chance.random() * 0.1)
            process.kill()
    with worker(NOTING):
        wait_until(is_done)
    assert_like_one_clean_run()


def test_three_workers_started_together_read_every_event_once(happen):
    with ExitStack() as stack:
        for _ in range(3):
            stack.enter_context(worker(NOTING))
        for _ in range(TOTAL // 10):
            happen(10)
            sleep(0.02)
        wait_until(is_done)
    assert_like_one_clean_run()


def test_two_who_read_without_a_lease_still_read_every_event_once(happen, monkeypatch):
    """As when one has lost its lease and does not know it yet."""
    calls: list[int] = []

    @reader("both", kinds=None, start=Start.FROM_THE_BEGINNING, batch=5)
    def both(events: list[Event]) -> None:
        with connection.cursor() as cursor:
            for event in events:
                cursor.execute("INSERT INTO noted VALUES (%s)", [event.properties["number"]])
        calls.append(threading.get_ident())

    def read_all() -> None:
        catch_up()
        connection.close()

    happen(100)
    threads = [threading.Thread(target=read_all) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert noted() == list(range(1, 101))
