from datetime import UTC, datetime, timedelta

import pytest
from django.db import OperationalError

from regulars.work import kinds
from regulars.work.claiming import claim_task
from regulars.work.models import Task, TaskState
from regulars.work.public import (
    LeaseLost,
    TaskCancelled,
    TaskControl,
    TaskFailed,
    TaskInterrupted,
    UnknownTaskKind,
    cancel_task,
    run_task,
    start_task,
    task_kind,
)
from regulars.work.running import run_claimed

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(monkeypatch):
    """The subjects on which the kind "make" was run to its end."""
    monkeypatch.setattr(kinds, "_kinds", {})
    made: list[int] = []

    @task_kind("make")
    def make(task: TaskControl) -> None:
        task.progress(1, 2, "making")
        made.append(task.subject_id)

    return made


def start(subject_id=1, **more):
    return start_task("make", subject_id=subject_id, by=None, now=NOW, **more)


def test_a_task_runs_once_and_is_done(made):
    task = run_task(start())
    assert made == [1]
    assert (task.state, task.attempts, task.done, task.total) == (TaskState.DONE, 1, 2, 2)
    assert claim_task() is None


def test_asking_twice_gives_the_same_open_task(made):
    assert start() == start()
    assert Task.objects.count() == 1


def test_after_it_is_done_it_may_be_asked_again(made):
    run_task(start())
    run_task(start())
    assert made == [1, 1]


def test_an_undeclared_kind_is_refused_and_leaves_nothing(made):
    with pytest.raises(UnknownTaskKind):
        start_task("unheard of", subject_id=1, by=None, now=NOW)
    assert not Task.objects.exists()


def test_a_waiting_task_is_cancelled_at_once(made):
    task = start()
    cancel_task(task, by=None, now=NOW)
    assert task.state == TaskState.CANCELLED
    assert claim_task() is None
    assert made == []


def test_a_running_task_hears_of_its_cancellation_at_the_next_progress(made):
    start()
    claimed = claim_task()
    cancel_task(Task.objects.get(), by=None, now=NOW)
    with pytest.raises(TaskCancelled):
        TaskControl(claimed).progress(1)
    run_claimed(claimed)
    assert Task.objects.get().state == TaskState.CANCELLED
    assert made == []


def test_a_claimed_task_is_claimed_by_nobody_else(made):
    start()
    assert claim_task()
    assert claim_task() is None


def test_an_expired_task_of_another_machine_is_taken_over_and_its_holder_told(made):
    start()
    first = claim_task()
    Task.objects.update(
        holder="elsewhere:abc:1@1:ff", expires_at=datetime.now(UTC) - timedelta(seconds=1)
    )
    second = claim_task()
    assert second.attempts == 2
    with pytest.raises(LeaseLost):
        TaskControl(first).progress(1)
    with pytest.raises(LeaseLost):
        TaskControl(first).fence()
    run_claimed(first)
    assert Task.objects.get().state == TaskState.RUNNING


def test_what_a_dead_process_of_this_machine_held_is_taken_at_once(made):
    start()
    claimed = claim_task()
    Task.objects.update(holder=claimed.holder.replace("@", "@9"))
    assert claim_task().attempts == 2


def test_a_task_that_kills_its_worker_every_time_fails_in_the_end(made):
    start()
    for _ in range(3):
        claimed = claim_task()
        Task.objects.update(holder=claimed.holder.replace("@", "@9"))
    assert claim_task() is None
    task = Task.objects.get()
    assert task.state == TaskState.FAILED
    assert task.error


@pytest.mark.parametrize(
    ("error", "shown"),
    [(TaskFailed("No such file."), "No such file."), (ValueError("x"), "ValueError: x")],
)
def test_a_failure_is_final_and_kept_with_its_error(made, error, shown):
    @task_kind("break")
    def break_(task: TaskControl) -> None:
        raise error

    task = run_task(start_task("break", subject_id=1, by=None, now=NOW))
    assert (task.state, task.error) == (TaskState.FAILED, shown)


def test_a_passing_trouble_is_tried_again_later(made):
    @task_kind("stumble")
    def stumble(task: TaskControl) -> None:
        if task.attempt < 2:
            raise OperationalError("deadlock detected")

    start_task("stumble", subject_id=1, by=None, now=NOW)
    run_claimed(claim_task())
    task = Task.objects.get()
    assert (task.state, task.error) == (
        TaskState.QUEUED,
        "OperationalError: deadlock detected",
    )
    assert claim_task() is None
    Task.objects.update(ready_at=NOW)
    assert run_task(task).state == TaskState.DONE


def test_an_interrupted_task_is_put_back_without_costing_an_attempt(made):
    start()
    run_claimed(claim_task(), stopping=lambda: True)
    task = Task.objects.get()
    assert (task.state, task.attempts, task.holder) == (TaskState.QUEUED, 0, "")
    with pytest.raises(TaskInterrupted):
        TaskControl(claim_task(), stopping=lambda: True).check()


def test_an_interrupt_from_the_keyboard_cancels(made):
    @task_kind("long")
    def long(task: TaskControl) -> None:
        raise KeyboardInterrupt

    task = start_task("long", subject_id=1, by=None, now=NOW)
    with pytest.raises(KeyboardInterrupt):
        run_task(task)
    task.refresh_from_db()
    assert task.state == TaskState.CANCELLED


@pytest.fixture
def ended(monkeypatch):
    """How the tasks of the kind "fail" ended."""
    monkeypatch.setattr(kinds, "_kinds", {})
    ended: list[tuple[str, str]] = []

    @task_kind("fail", attempts=1, ended=lambda task: ended.append((task.state, task.error)))
    def fail(task: TaskControl) -> None:
        task.check()
        raise TaskFailed("no luck")

    return ended


def begin_to_fail():
    return start_task("fail", subject_id=1, by=None, now=NOW)


def test_the_app_hears_of_a_task_that_failed(ended):
    run_task(begin_to_fail())
    assert ended == [(TaskState.FAILED, "no luck")]


def test_the_app_hears_of_a_task_cancelled_while_it_waited(ended):
    cancel_task(begin_to_fail(), by=None, now=NOW)
    assert ended == [(TaskState.CANCELLED, "")]


def test_the_app_hears_of_a_task_that_broke_off_too_often(ended):
    Task.objects.filter(pk=begin_to_fail().pk).update(attempts=1)
    assert claim_task() is None
    assert [state for state, _ in ended] == [TaskState.FAILED]
