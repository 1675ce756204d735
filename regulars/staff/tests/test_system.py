from datetime import timedelta

import pytest
from django.utils import timezone

from regulars.identify.timeline import readers
from regulars.identify.timeline.public import (
    Event,
    PoisonedEvent,
    Start,
    Touch,
    catch_up,
    declare,
    kinds,
    reader,
    record,
)
from regulars.work import rota
from regulars.work.public import DutyRecord, duty

pytestmark = pytest.mark.django_db
PAGE = "/b/teahouse/settings/system/"


@pytest.fixture
def poison(monkeypatch) -> set[str]:
    """Sources on which the reader "count visits" fails."""
    monkeypatch.setattr(readers, "_readers", {})
    monkeypatch.setattr(rota, "_duties", {})
    poison = {"till"}

    @reader("count visits", kinds=None, start=Start.FROM_THE_BEGINNING, title="Count visits")
    def count(events: list[Event]) -> None:
        if any(event.source in poison for event in events):
            raise ValueError("no till")

    return poison


def happen(brand) -> None:
    now = timezone.now()
    kind = kinds().get("Sample") or declare("Sample", "Sample")
    touch = Touch(
        brand_id=brand.pk,
        customer_id=None,
        kind=kind,
        occurred_at=now,
        source="till",
        message_id=str(brand.pk),
    )
    record([touch], now=now)


def test_it_tells_that_nobody_is_at_work(client, dan):
    client.force_login(dan)
    assert "No worker is running." in client.get(PAGE).content.decode()


def test_it_shows_the_duties_and_what_went_wrong(client, dan, poison):
    duty("mirror", every=timedelta(seconds=1), title="Mirror the facts")(lambda: None)
    now = timezone.now()
    times = {"started_at": now, "finished_at": now, "failed_at": now}
    DutyRecord.objects.create(name="mirror", failures=2, error="OSError: disk full", **times)
    client.force_login(dan)
    page = client.get(PAGE).content.decode()
    for words in ("Mirror the facts", "failed 2 times", "OSError: disk full", "Count visits"):
        assert words in page


def test_it_shows_events_set_aside_of_this_brand_only(client, dan, poison, teahouse, bakery):
    happen(teahouse)
    happen(bakery)
    catch_up()
    client.force_login(dan)
    page = client.get(PAGE).content.decode()
    assert page.count("ValueError: no till") == 1
    theirs = PoisonedEvent.objects.order_by("sequence").last()
    assert client.post(f"{PAGE}set-aside/{theirs.pk}/retrial/").status_code == 404


def test_an_event_is_tried_again_from_the_page(client, dan, poison, teahouse):
    happen(teahouse)
    catch_up()
    again = f"{PAGE}set-aside/{PoisonedEvent.objects.get().pk}/retrial/"
    client.force_login(dan)
    page = client.post(again, follow=True).content.decode()
    assert "It failed again" in page
    assert PoisonedEvent.objects.get().attempts == 2
    poison.clear()
    page = client.post(again, follow=True).content.decode()
    assert "It went well this time." in page
    assert not PoisonedEvent.objects.exists()


def test_looking_asks_a_known_number_of_questions(
    client, dan, poison, django_assert_max_num_queries
):
    client.force_login(dan)
    with django_assert_max_num_queries(22):
        client.get(PAGE)


def test_health_tells_of_the_database_and_the_workers(client, db):
    answer = client.get("/healthz")
    assert answer.json() == {"database": "answers", "workers": 0}
