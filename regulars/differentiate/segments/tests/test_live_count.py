"""The count beside the builder: the newest step is answered, what it replaces is stopped."""

import threading

import pytest
from django.db import connection
from django.urls import reverse

from regulars.differentiate.segments.staff.builder import consequences
from regulars.lake.public import catch_up, reading
from tests.markup import read

ENDLESS = "SELECT count(*) FROM range(1000000000) a, range(1000000) b WHERE a.range % 7 = b.range"


@pytest.fixture
def builder(lake, teahouse, alice, sign_in, mia, monkeypatch):
    """Give what answers a step; one that asks for slow people takes for ever."""
    catch_up()
    began, try_tree = threading.Event(), consequences.try_tree

    def tried(*, tree, **told):
        if "Slow" in str(tree):
            with reading() as open_lake:
                began.set()
                open_lake.connection.raw_sql(ENDLESS).fetchone()
        return try_tree(tree=tree, **told)

    monkeypatch.setattr(consequences, "try_tree", tried)
    url = reverse("segments:consequences", args=[teahouse.slug])

    def step(city, window="one"):
        sent = {"node": ["n1", "n2"], "n1.match": "all", "n2.in": "n1", "n2.condition": "place",
                "n2.about": "city", "n2.kind": "text", "n2.is": "one_of", "n2.value": city,
                "window": window}  # fmt: skip
        return sign_in(mia).post(url, sent)

    step.began = began
    return step


def test_a_newer_step_stops_the_count_of_the_older(builder):
    answers = []

    def older():
        answers.append(builder("Slow").status_code)
        connection.close()

    thread = threading.Thread(target=older)
    thread.start()
    builder.began.wait(timeout=20)
    assert builder("Leeds", window="another").status_code == 200
    assert not answers
    newer = builder("Leeds")
    thread.join(timeout=20)
    assert answers == [204]
    assert newer.status_code == 200
    assert 'id="people"' in newer.content.decode()


def test_a_count_that_takes_too_long_is_stopped_and_says_so(builder, monkeypatch):
    monkeypatch.setattr(consequences, "PATIENCE", 0.2)
    answer = builder("Slow")
    assert answer.status_code == 200
    assert "Counting was stopped" in answer.content.decode()


def test_every_window_of_the_builder_has_a_name_of_its_own(teahouse, sign_in, mia):
    url = reverse("segments:new", args=[teahouse.slug])
    pages = [read(sign_in(mia).get(url).content.decode()) for _turn in range(2)]
    names = [
        one.attributes["value"]
        for page in pages
        for one in page.all("input")
        if one.attributes.get("name") == "window"
    ]
    assert len(set(names)) == 2
