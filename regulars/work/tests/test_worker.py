import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connections

from regulars.work import kinds, rota
from regulars.work import worker as worker_module
from regulars.work.models import DutyRecord, Lease
from regulars.work.public import Worker, duty, stop_asked, workers_alive
from regulars.work.rota import DutyDeclaredTwice
from regulars.work.tests.process import wait_until
from regulars.work.turn import Turn

QUICK = timedelta(seconds=0.01)


@pytest.fixture(autouse=True)
def _nothing_declared(monkeypatch):
    monkeypatch.setattr(rota, "_duties", {})
    monkeypatch.setattr(kinds, "_kinds", {})
    monkeypatch.setattr(worker_module, "LOOK_EVERY", 0.01)
    monkeypatch.setattr(worker_module, "SEEK_EVERY", 0.05)


@pytest.fixture
def start():
    """Start a worker in a thread; all are stopped in the end."""
    started: list[tuple[Worker, threading.Thread]] = []

    def start() -> Worker:
        worker = Worker(task_threads=0)

        def run() -> None:
            worker.run()
            connections.close_all()

        thread = threading.Thread(target=run)
        started.append((worker, thread))
        thread.start()
        return worker

    yield start
    for worker, thread in started:
        worker.stopping.set()
        thread.join(timeout=12)
        assert not thread.is_alive()


def counting(name="count", every=QUICK, **more) -> list[int]:
    calls: list[int] = []

    @duty(name, every=every, **more)
    def count() -> None:
        calls.append(threading.get_ident())

    return calls


@pytest.mark.django_db(transaction=True)
def test_a_worker_does_its_duties_again_and_again_and_frees_them_when_it_stops(start):
    calls = counting()
    worker = start()
    wait_until(lambda: len(calls) >= 3)
    assert workers_alive() == 1
    worker.stopping.set()
    wait_until(lambda: workers_alive() == 0)
    assert Lease.objects.get().holder == ""
    assert DutyRecord.objects.get().failures == 0


@pytest.mark.django_db(transaction=True)
def test_two_workers_never_do_one_duty_at_once_and_one_takes_over(start):
    inside, most = [], []

    @duty("alone", every=QUICK)
    def alone() -> None:
        inside.append(1)
        most.append(len(inside))
        threading.Event().wait(0.005)
        inside.pop()

    first, _second = start(), start()
    wait_until(lambda: len(most) > 10)
    first.stopping.set()
    before = len(most)
    wait_until(lambda: len(most) > before + 10)
    assert set(most) == {1}


@pytest.mark.django_db(transaction=True)
def test_a_slow_duty_does_not_keep_the_others_waiting(start):
    release = threading.Event()

    @duty("slow", every=QUICK)
    def slow() -> None:
        release.wait(10)

    calls = counting()
    start()
    wait_until(lambda: len(calls) >= 3)
    release.set()


@pytest.mark.django_db(transaction=True)
def test_a_long_duty_hears_that_the_worker_stops(start):
    begun, heard = threading.Event(), threading.Event()

    @duty("long", every=QUICK)
    def long() -> None:
        begun.set()
        wait_until(stop_asked)
        heard.set()

    worker = start()
    assert begun.wait(5)
    worker.stopping.set()
    assert heard.wait(5)


def turn_of(run: Callable[[], object], every: timedelta = QUICK) -> Turn:
    duty("turn", every=every)(run)
    return Turn(rota.duties()["turn"])


def run(turn: Turn) -> None:
    turn.begin()
    turn.run(worker="me", stop_asked=lambda: False)


@pytest.mark.django_db
def test_a_failure_is_kept_with_its_error_and_tried_again_after_a_growing_pause():
    def fail() -> None:
        raise ValueError("no")

    turn = turn_of(fail)
    pauses = []
    for _ in range(12):
        run(turn)
        pauses.append(turn._pause())
    record = DutyRecord.objects.get()
    assert (record.failures, record.error) == (12, "ValueError: no")
    assert record.failed_at
    assert pauses == sorted(pauses)
    assert (pauses[0], pauses[-1]) == (2.0, 300.0)
    assert not turn.due


@pytest.mark.django_db
def test_a_recovery_is_written_down_and_the_last_error_stays_to_be_seen():
    errors = [ValueError("no"), None]

    def fail_once() -> None:
        if error := errors.pop(0):
            raise error

    turn = turn_of(fail_once)
    run(turn)
    run(turn)
    record = DutyRecord.objects.get()
    assert (record.failures, record.error) == (0, "ValueError: no")


@pytest.mark.django_db
def test_a_duty_that_asks_for_more_goes_on_at_once():
    left = [True, True, False]
    turn = turn_of(lambda: left.pop(0), every=timedelta(hours=1))
    run(turn)
    assert left == []
    assert not turn.due


@pytest.mark.django_db
def test_a_new_leader_waits_until_the_duty_is_due():
    daily = turn_of(lambda: None, every=timedelta(days=1))
    daily.resume()
    assert daily.due
    run(daily)
    successor = Turn(daily.duty)
    successor.resume()
    assert not successor.due


def test_a_duty_is_declared_once():
    counting()
    with pytest.raises(DutyDeclaredTwice):
        counting()
