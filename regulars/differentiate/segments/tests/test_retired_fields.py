"""A field that is retired while segments ask about it."""

import pytest
from django.urls import reverse

from regulars.differentiate.segments.public import Trouble, make_segment, refresh_segments
from regulars.identify.customers.public import define_field, fields_of
from regulars.lake.public import catch_up
from tests.people import NOW


def tree(**told):
    return {"version": 1, "match": {"all": [{"condition": "field", **told}]}}


@pytest.fixture
def drinkers(lake, teahouse, alice, dan):
    define_field(brand=teahouse, label="How often they drink", kind="number", by=dan, now=NOW)
    often = {"about": "how_often_they_drink", "is": "at_least", "value": 3}
    return make_segment(brand=teahouse, name="Drinkers", tree=tree(**often), by=dan, now=NOW)


@pytest.fixture
def others(drinkers, dan):
    told = tree(condition="segment", about=str(drinkers.pk), **{"is": "no"})
    return make_segment(brand=drinkers.brand, name="Others", tree=told, by=dan, now=NOW)


def seen(visitor, segment, name="segment"):
    answer = visitor.get(reverse(f"segments:{name}", args=["teahouse", segment.pk]))
    assert answer.status_code == 200
    return answer.content.decode()


def retired(visitor, field, **sent):
    place = reverse("customers:field_retirement", args=["teahouse", field.pk])
    return visitor.post(place, sent)


def test_who_retires_a_field_is_told_what_uses_it(drinkers, others, sign_in, dan):
    visitor, [field] = sign_in(dan), fields_of(brand=drinkers.brand)
    asked = retired(visitor, field)
    page = asked.content.decode()
    assert reverse("segments:segment", args=["teahouse", drinkers.pk]) in page
    assert "Others" not in page
    assert fields_of(brand=drinkers.brand) == [field]
    assert retired(visitor, field, confirmed="1").status_code == 302
    assert fields_of(brand=drinkers.brand) == []


def test_a_segment_still_says_what_it_said(drinkers, others, sign_in, dan):
    visitor = sign_in(dan)
    [field] = fields_of(brand=drinkers.brand)
    retired(visitor, field, confirmed="1")
    page = seen(visitor, drinkers)
    assert "How often they drink (retired) is at least 3" in page
    assert "“How often they drink (retired)” is nothing one can ask about" in page
    assert "In the segment “Drinkers”: “How often" in seen(visitor, others)
    assert ">How often they drink (retired)</option>" in seen(visitor, drinkers, "definition")
    catch_up()
    refresh_segments(brand=drinkers.brand, now=NOW)
    assert Trouble.objects.count() == 2
    for trouble in Trouble.objects.all():
        assert "How often they drink (retired)" in trouble.sentence
        assert "/match" not in trouble.sentence
    assert "/match" not in page + seen(visitor, others)
    visitor.cookies["django_language"] = "zh-hans"
    assert "How often they drink（已停用）" in seen(visitor, others)
