"""The guide to adding a condition is followed to the letter: one file, and nothing else."""

import importlib
import json
import re
import sys
from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from regulars.differentiate.segments import family as families_module
from regulars.differentiate.segments.asking import members_on
from regulars.differentiate.segments.packing import pack
from regulars.differentiate.segments.public import (
    count,
    explain,
    families,
    json_schema,
    read_tree,
    sentence,
)
from regulars.differentiate.segments.starting import fresh
from regulars.differentiate.segments.tests.shelf import Shelf
from regulars.lake.public import catch_up
from tests.markup import flaws
from tests.people import NOW, make_order
from tests.source import ROOT

GUIDE = ROOT / "docs/guides/add-a-condition.md"
FRIDAY, SATURDAY = (datetime(2025, 3, day, 12, tzinfo=UTC) for day in (28, 29))
MOSTLY = {"condition": "weekends", "about": "percent", "is": "at_least", "value": 50}
LATELY = MOSTLY | {"window": {"last": 30, "unit": "days"}}


@pytest.fixture
def followed(tmp_path, monkeypatch):
    [code] = re.findall(r"```python\n(.*?)```", GUIDE.read_text("utf-8"), re.DOTALL)
    (tmp_path / "weekends.py").write_text(re.sub(r"(?m)^   ", "", code), "utf-8")
    families()
    package = importlib.import_module(families_module.CONDITIONS)
    monkeypatch.setattr(package, "__path__", [*package.__path__, str(tmp_path)])
    monkeypatch.setattr(families_module, "_families", dict(families_module._families))
    families_module._discover.cache_clear()
    yield families()["weekends"]
    sys.modules.pop(f"{families_module.CONDITIONS}.weekends", None)
    families_module._discover.cache_clear()


def tree(match):
    return {"version": 1, "match": match}


def test_it_finds_whom_it_says(followed, db):
    shelf = Shelf(today=date(2025, 3, 31))
    for number, days in ((1, [SATURDAY, SATURDAY, FRIDAY]), (2, [FRIDAY]), (3, [])):
        shelf.customer(number)
        for at in days:
            shelf.order(number, at, (1, 1.0, 100))
    for asked, people in (
        (MOSTLY, {1}),
        (LATELY, {1}),
        (MOSTLY | {"window": {"last": 1, "unit": "days"}}, set()),
        ({"none": [MOSTLY]}, {2, 3}),
        (MOSTLY | {"is": "less_than"}, {2}),
        ({"condition": "weekends", "about": "percent", "is": "unknown"}, {3}),
    ):
        node = read_tree(tree(asked), brand=shelf.brand)
        assert set(members_on(node, shelf.ground())) == people, asked


def test_it_is_asked_for_counted_and_explained(followed, lake, teahouse, alice, bob):
    make_order(brand=teahouse, customer=alice, at=SATURDAY)
    make_order(brand=teahouse, customer=bob, at=FRIDAY)
    catch_up()
    asked = json.dumps(tree(MOSTLY))
    assert count(tree=asked, brand=teahouse, now=NOW).people == 1
    why = explain(tree=asked, customer_id=bob.pk, brand=teahouse, now=NOW)
    assert why is not None
    assert (why.holds, why.phrase, why.found) == (
        False, "percentage of orders at weekends is at least 50", "0",
    )  # fmt: skip


def test_it_is_said_in_both_languages_as_long_as_nobody_translated_it_as_it_stands(
    followed, teahouse
):
    said = {code: sentence(tree=tree(LATELY), brand=teahouse, language=code)
            for code in ("en", "zh-hans")}  # fmt: skip
    assert said["en"] == ("Percentage of orders at weekends in the last 30 days is at least 50")
    assert "ercentage of orders at weekends" in said["zh-hans"]
    assert "最近 30 天" in said["zh-hans"]


def test_it_is_in_the_schema(followed, teahouse):
    for schema in (json_schema(), json_schema(brand=teahouse)):
        told = {one["title"]: one for one in schema["$defs"]["condition"]["oneOf"]}
        assert "window" in told["weekends"]["properties"]
    assert told["weekends"]["properties"]["about"]["enum"] == ["percent"]


def test_the_builder_offers_it_and_shows_its_form(followed, teahouse, sign_in, mia):
    visitor = sign_in(mia)
    page = visitor.get(reverse("segments:new", args=["teahouse"])).content.decode()
    assert 'value="add:n1:weekends"' in page
    added = {"node": "n1", "n1.match": "all", "do": "add:n1:weekends"}
    page = visitor.post(reverse("segments:draft", args=["teahouse"]), added).content.decode()
    assert 'class="problem"' not in page
    assert fresh("weekends", teahouse) == MOSTLY
    place = reverse("segments:new", args=["teahouse"])
    page = visitor.get(place, {"draft": pack(tree(LATELY))}).content.decode()
    for field in ("about", "is", "value", "window", "window.last"):
        assert f'name="n2.{field}"' in page
    assert not flaws(page)
