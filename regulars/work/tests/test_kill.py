"""Kill workers at any moment, start several at once: the work is done once all the same."""

import os
import random
import signal
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from time import sleep

import pytest
from django.conf import settings
from django.db import OperationalError, connection, transaction
from django.utils import timezone

from regulars.work.models import Task, TaskState
from regulars.work.public import start_task
from regulars.work.tests import copying
from regulars.work.tests.process import wait_until, worker

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _copied() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE copied (number integer)")
        yield
        cursor.execute("DROP TABLE copied")


def copied() -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM copied ORDER BY number")
        return [number for (number,) in cursor.fetchall()]


def begin() -> Task:
    return start_task("copy", subject_id=1, by=None, now=timezone.now())


def expired(task: Task) -> bool:
    """Let the hold of a sleeper run out; tell whether it could be, for it may hold a lock."""
    if connection.vendor == "sqlite":
        return _expired_on_sqlite(task)
    with transaction.atomic():
        rows = Task.objects.filter(pk=task.pk).select_for_update(skip_locked=True)
        return bool([row.pk for row in rows]) and bool(rows.update(expires_at=timezone.now()))


def _expired_on_sqlite(task: Task) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout = 20")
        try:
            return bool(Task.objects.filter(pk=task.pk).update(expires_at=timezone.now()))
        except OperationalError:
            return False
        finally:
            cursor.execute("PRAGMA busy_timeout = 30000")


def grow_still(pid: int) -> None:
    """Let a process seem to have given no sign of life for long."""
    [path] = (Path(settings.REGULARS_DATA) / "pulse").glob(f"{pid}@*")
    os.utime(path, (0, 0))


def test_a_task_whose_workers_are_killed_ends_as_one_clean_run():
    chance = random.Random(1)
    task = begin()
    for _ in range(2):
        before = len(copied())
        with worker("regulars.work.tests.copying") as process:
            wait_until(lambda before=before: len(copied()) > before)
            sleep(chance.random() * 0.15)
            process.kill()
    with worker("regulars.work.tests.copying"):
        wait_until(lambda: not Task.objects.get(pk=task.pk).is_open)
    task.refresh_from_db()
    assert (task.state, task.attempts) == (TaskState.DONE, 3)
    assert copied() == list(range(copying.TOTAL))


def test_three_workers_started_together_do_a_task_once():
    task = begin()
    with ExitStack() as stack:
        for _ in range(3):
            stack.enter_context(worker("regulars.work.tests.copying"))
        wait_until(lambda: not Task.objects.get(pk=task.pk).is_open)
    task.refresh_from_db()
    assert (task.state, task.attempts) == (TaskState.DONE, 1)
    assert copied() == list(range(copying.TOTAL))


def test_a_worker_told_to_stop_leaves_the_task_to_the_next_at_once():
    task = begin()
    with worker("regulars.work.tests.copying") as process:
        wait_until(lambda: copied() != [])
        process.terminate()
        process.join(timeout=30)
    task.refresh_from_db()
    assert (task.state, task.attempts, task.holder) == (TaskState.QUEUED, 0, "")
    with worker("regulars.work.tests.copying"):
        wait_until(lambda: not Task.objects.get(pk=task.pk).is_open)
    assert copied() == list(range(copying.TOTAL))


def test_a_worker_that_slept_through_its_lease_writes_nothing_more():
    task = begin()
    with worker("regulars.work.tests.copying") as sleeper:
        wait_until(lambda: copied() != [])
        os.kill(sleeper.pid, signal.SIGSTOP)
        while not expired(task):
            os.kill(sleeper.pid, signal.SIGCONT)  # it holds the row: stop it somewhere else
            sleep(0.01)
            os.kill(sleeper.pid, signal.SIGSTOP)
        if connection.vendor == "sqlite":
            grow_still(sleeper.pid)
        with worker("regulars.work.tests.copying"):
            wait_until(lambda: Task.objects.get(pk=task.pk).attempts == 2)
            os.kill(sleeper.pid, signal.SIGCONT)
            wait_until(lambda: not Task.objects.get(pk=task.pk).is_open)
    assert copied() == list(range(copying.TOTAL))
