"""A long step of a task: nobody takes over within it, and its hold is renewed meanwhile."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from django.db import connection, connections, transaction

from regulars.work import kinds
from regulars.work.claiming import claim_task
from regulars.work.keeper import Keeper
from regulars.work.models import Task
from regulars.work.public import TaskCancelled, TaskControl, cancel_task, start_task, task_kind

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
pytestmark = pytest.mark.django_db(transaction=True)

Beside = Callable[..., object]


@pytest.fixture
def beside() -> Iterator[Beside]:
    """Give a function that calls another on a connection of its own, and waits for it shortly."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time, and the pulse instead of renewals")
    with ThreadPoolExecutor(1) as pool:
        yield lambda do, *given: pool.submit(do, *given).result(timeout=10)
        pool.submit(connections.close_all).result()


def test_a_long_step_is_renewed_and_not_taken_over(monkeypatch, beside: Beside, caplog):
    monkeypatch.setattr(kinds, "_kinds", {})
    task_kind("make")(lambda control: None)
    task = start_task("make", subject_id=1, by=None, now=NOW)
    control = TaskControl(claim_task())
    Task.objects.update(expires_at=NOW, holder="elsewhere:abc:1@1:ff")
    control.task.holder = "elsewhere:abc:1@1:ff"
    with transaction.atomic():
        control.fence()
        assert beside(claim_task) is None
        beside(Keeper()._beat, control)
        assert caplog.text == ""
        left = beside(Task.objects.get).expires_at - datetime.now(UTC)
        assert left > timedelta(seconds=20)
        beside(partial(cancel_task, task, by=None, now=NOW))
        beside(Keeper()._beat, control)
        with pytest.raises(TaskCancelled):
            control.check()
