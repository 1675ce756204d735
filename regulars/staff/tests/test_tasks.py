import pytest
from django.utils import timezone

from regulars.work import kinds
from regulars.work.public import Task, TaskState, start_task, task_kind

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def task(teahouse, mia, monkeypatch) -> Task:
    """Mia's task, running, at forty percent."""
    monkeypatch.setattr(kinds, "_kinds", {})
    task_kind("import", title="Import of orders")(lambda control: None)
    task = start_task("import", subject_id=1, by=mia, now=timezone.now(), brand_id=teahouse.pk)
    running = {"state": TaskState.RUNNING, "done": 400, "total": 1000, "rate": 2.0}
    Task.objects.filter(pk=task.pk).update(started_at=timezone.now(), holder="x", **running)
    task.refresh_from_db()
    return task


def url(task: Task, then: str = "") -> str:
    return f"/b/teahouse/tasks/{task.pk}/" + (f"?then={then}" if then else "")


def finish(task: Task) -> None:
    Task.objects.update(state=TaskState.DONE, finished_at=timezone.now())


def test_a_running_task_shows_its_progress_and_asks_again(client, task, mia):
    client.force_login(mia)
    fragment = client.get(url(task), **HTMX).content.decode()
    assert 'hx-trigger="every 1s"' in fragment
    assert 'value="40"' in fragment
    assert "about 5 minutes left" in fragment
    assert "<html" not in fragment
    page = client.get(url(task)).content.decode()
    assert "<html" in page
    assert "Import of orders" in page


def test_a_finished_task_asks_no_more(client, task, mia):
    finish(task)
    client.force_login(mia)
    assert "hx-trigger" not in client.get(url(task), **HTMX).content.decode()


def test_a_page_may_say_where_to_go_when_it_is_done(client, task, mia):
    client.force_login(mia)
    assert (
        "then=%2Fb%2Fteahouse%2F" in client.get(url(task, "/b/teahouse/"), **HTMX).content.decode()
    )
    finish(task)
    answer = client.get(url(task, "/b/teahouse/"), **HTMX)
    assert answer["HX-Redirect"] == "/b/teahouse/"
    assert client.get(url(task, "/b/teahouse/")).url == "/b/teahouse/"


@pytest.mark.parametrize("elsewhere", ["//evil.test/", "https://evil.test/", "javascript:alert(1)"])
def test_it_never_leads_elsewhere(client, task, mia, elsewhere):
    finish(task)
    client.force_login(mia)
    assert "HX-Redirect" not in client.get(url(task, elsewhere), **HTMX)


@pytest.mark.parametrize("who", ["mia", "dan"])
def test_who_started_it_and_who_manages_the_brand_can_cancel_it(client, task, request, who):
    client.force_login(request.getfixturevalue(who))
    fragment = client.post(f"{url(task)}cancellation/", **HTMX).content.decode()
    assert "Stopping…" in fragment
    task.refresh_from_db()
    assert task.cancelled_by_id == request.getfixturevalue(who).pk


def test_nobody_else_can_and_is_told_so(client, task, ana):
    client.force_login(ana)
    assert "cancellation" not in client.get(url(task), **HTMX).content.decode()
    answer = client.post(f"{url(task)}cancellation/", **HTMX)
    assert answer.status_code == 409
    task.refresh_from_db()
    assert task.cancel_requested_at is None


def test_a_get_cancels_nothing(client, task, mia):
    client.force_login(mia)
    assert client.get(f"{url(task)}cancellation/").status_code == 405


def test_a_failed_task_says_why_in_the_reader_s_language(client, task, mia):
    Task.objects.update(
        state=TaskState.FAILED,
        finished_at=timezone.now(),
        error="The work broke off without a word, as often as it may.",
    )
    client.force_login(mia)
    client.cookies["django_language"] = "zh-hans"
    assert "失败" in client.get(url(task), **HTMX).content.decode()
