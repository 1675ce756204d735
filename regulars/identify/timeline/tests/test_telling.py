from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from regulars.identify.timeline.public import Event, declare, kinds, tell, tell_history
from regulars.identify.timeline.tests.conftest import NOW

pytestmark = pytest.mark.django_db
LONDON = ZoneInfo("Europe/London")


def told(**more):
    return tell_history(**({"customer_ids": [1], "zone": LONDON} | more))


def test_a_history_is_told_by_days_in_the_zone_of_the_brand(happen):
    happen(1, occurred_at=datetime(2026, 7, 1, 23, 30, tzinfo=UTC))
    happen(2, occurred_at=datetime(2026, 7, 1, 12, tzinfo=UTC))
    history = told()
    assert [(f"{day.on}", len(day.entries)) for day in history.days] == [
        ("2026-07-02", 1),
        ("2026-07-01", 2),
    ]
    assert history.days[0].entries[0].at.hour == 0
    assert history.days[1].entries[0].sentence == "Waved at Alice"


def test_a_long_history_is_told_in_pages_without_gaps(happen):
    for day in range(5):
        happen(3, occurred_at=NOW + timedelta(days=day, microseconds=day))
    seen, before = [], ""
    while True:
        history = told(before=before, limit=4)
        seen += [entry.sequence for day in history.days for entry in day.entries]
        before = history.before
        if not before:
            break
    everything = Event.objects.order_by("-occurred_at", "-sequence")
    assert seen == list(everything.values_list("sequence", flat=True))


def test_a_place_that_is_none_begins_at_the_latest(happen):
    happen(1)
    assert told(before="nonsense") == told(before="") == told(before="2026-01-01T~x")


def test_a_history_is_narrowed_to_a_kind_and_offers_those_there_are(happen):
    nodded = declare("Nodded", "Nodded", label="nod")
    happen(2)
    happen(1, kind=nodded)
    history = told(kind="Nodded")
    assert [entry.sentence for day in history.days for entry in day.entries] == ["Nodded"]
    assert history.labels == [("Nodded", "nod"), ("Waved", "Waved")]


def event(kind="Bought", **more) -> Event:
    return Event(kind=kind, occurred_at=NOW, **more)


def test_an_amount_is_written_in_the_reader_s_language():
    declare("Bought", "Bought for {amount}")
    purchase = event(value_minor=123450, currency="CNY")
    with translation.override("en"):
        assert tell(purchase) == "Bought for CN¥1,234.50"
    with translation.override("zh-hans"):
        assert tell(purchase) == "Bought for ¥1,234.50"


@pytest.mark.parametrize(
    ("properties", "sentence"),
    [
        ({"what": "tea"}, "Saw tea"),
        ({}, "Saw …"),
        ({"what": None}, "Saw …"),
        ({"what": ["tea"]}, "Saw …"),
        ({"what": "x" * 500}, f"Saw {'x' * 120}…"),
        ({"what": "{secret}"}, "Saw {secret}"),
    ],
)
def test_whatever_the_properties_are_there_is_a_sentence(properties, sentence):
    declare("Saw", "Saw {what}")
    assert tell(event("Saw", properties=properties)) == sentence


def test_a_sentence_that_cannot_be_said_falls_back_to_the_label():
    declare("Odd", "Odd {what[0].no}", label="odd one")
    assert tell(event("Odd", properties={"what": "x"})) == "odd one"


def test_a_kind_that_nobody_declares_is_told_by_its_name():
    assert "Custom Thing" not in kinds()
    assert tell(event("Custom Thing")) == "Custom Thing"
