"""Segments are built in the browser: step by step, with what they come to beside them."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from regulars.differentiate.metrics.public import refresh
from regulars.differentiate.segments.public import Segment, change_segment, make_segment
from regulars.lake.public import catch_up
from tests.cast import make_staff
from tests.markup import read
from tests.people import NOW, make_order

SPENT = {"condition": "orders", "about": "amount.sum", "is": "at_least", "value": 1_000}


def tree(match):
    return {"version": 1, "match": match}


@pytest.fixture
def shop(lake, teahouse, alice, bob, chloe, monkeypatch):
    """Alice of Soho and Bob of Camden bought for 12.50 each, Chloé nothing."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW + timedelta(minutes=5))
    for customer in (alice, bob):
        make_order(brand=teahouse, customer=customer)
    catch_up()
    refresh(brand=teahouse, now=NOW)
    return teahouse


def url(name, *held):
    return reverse(f"segments:{name}", args=["teahouse", *held])


def form_of(page):
    """What a browser would send of the builder on a page, or on a part of one."""
    found = {}
    for field in read(page).all("input", "select"):
        told = field.attributes
        if field.name == "select":
            chosen = [
                o.attributes["value"] for o in field.all("option") if "selected" in o.attributes
            ]
            found.setdefault(told["name"], []).extend(chosen)
        elif told.get("type") not in {"checkbox", "radio"} or "checked" in told:
            found.setdefault(told.get("name"), []).append(told.get("value", ""))
    return found


def step(visitor, form, do, **typed):
    sent = {**form, **{name.replace("__", "."): value for name, value in typed.items()}, "do": do}
    answer = visitor.post(url("draft"), sent)
    return answer, form_of(answer.content.decode())


def counted(visitor, form):
    page = visitor.post(url("consequences"), form).content.decode()
    found = re.search(r'id="people">(\d+)<', page)
    return int(found[1]) if found else None, page


def test_a_segment_is_built_step_by_step_and_saved(shop, sign_in, mia):
    visitor = sign_in(mia)
    form = form_of(visitor.get(url("new")).content.decode())
    _page, form = step(visitor, form, "add:n1:orders")
    form |= {"n2.window": [""], "n2.value": ["12.50"]}
    assert counted(visitor, form)[0] == 2
    _page, form = step(visitor, form, "add:n1:place")
    form |= {"n3.value": ["Leeds"]}
    people, page = counted(visitor, form)
    assert people == 1
    announced = re.search(r'id="announced"[^>]*>(.*?)</p>', page)
    assert announced
    assert announced[1] == "1 person"
    assert "Alice Moreau" in page
    assert "Amount spent is at least £12.50, and city is Leeds" in page
    _page, form = step(visitor, form, "negate:n3")
    people, page = counted(visitor, form)
    assert people == 1
    assert "Bob Larsen" in page
    answer, _form = step(visitor, form, "save", name="Elsewhere", note="For the letter")
    made = Segment.objects.get()
    assert answer.headers["Location"] == url("segment", made.pk)
    assert made.current.tree["match"]["all"][1] == {
        "none": [{"condition": "place", "about": "city", "is": "one_of", "value": ["Leeds"]}]
    }


def test_steps_are_undone_and_done_again(shop, sign_in, mia):
    visitor = sign_in(mia)
    form = form_of(visitor.get(url("new")).content.decode())
    for family in ("profile", "place"):
        _page, form = step(visitor, form, f"add:n1:{family}")
    for word, families in (("undo", ["profile"]), ("undo", []), ("redo", ["profile"])):
        _page, form = step(visitor, form, word)
        found = [
            value for name, [value, *_more] in form.items() if str(name).endswith(".condition")
        ]
        assert found == families


def test_who_came_second_is_told_and_loses_nothing(shop, sign_in, mia, dan):
    segment = make_segment(brand=shop, name="Buyers", tree=tree(SPENT), by=dan, now=NOW)
    visitor = sign_in(mia)
    form = form_of(visitor.get(url("definition", segment.pk)).content.decode())
    change_segment(segment=segment, tree=tree(SPENT | {"value": 5}), by=dan, now=NOW)
    answer, form = step(visitor, form, "save", n2__value="99")
    assert answer.status_code == 409
    assert "Dan Nowak" in answer.content.decode()
    assert segment.current.number == 2
    assert form["n2.value"] == ["99"]
    answer, _form = step(visitor, form, "save")
    assert answer.status_code == 302
    assert segment.current.tree == tree({"all": [SPENT | {"value": 9_900}]})
    assert segment.current.number == 3


def test_saving_what_was_not_changed_makes_no_version(shop, sign_in, mia, dan):
    segment = make_segment(brand=shop, name="Buyers", tree=tree(SPENT), by=dan, now=NOW)
    visitor = sign_in(mia)
    form = form_of(visitor.get(url("definition", segment.pk)).content.decode())
    answer, _form = step(visitor, form, "save", name="Purchasers")
    assert answer.status_code == 302
    segment.refresh_from_db()
    assert (segment.name, segment.current.number) == ("Purchasers", 1)


def test_names_are_masked_and_other_branches_left_out(shop, sign_in, ana, soho):
    asked = {"node": ["n1", "n2"], "n1.match": "all", "n2.in": "n1", "n2.condition": "orders",
             "n2.about": "orders", "n2.kind": "number", "n2.is": "at_least",
             "n2.value": "1"}  # fmt: skip
    people, page = counted(sign_in(ana), asked)
    assert people == 2
    assert "Alice" not in page
    theirs = make_staff(email="lou@regulars.test", role="marketer", brand=shop, branch=soho)
    people, page = counted(sign_in(theirs), asked)
    assert people == 1
    assert "Alice Moreau" in page
    assert "Bob" not in page


def test_without_scripts_the_people_are_counted_when_asked(shop, sign_in, mia):
    visitor = sign_in(mia)
    blank = visitor.get(url("new")).content.decode()
    assert "<noscript><button" in blank
    _page, form = step(visitor, form_of(blank), "add:n1:orders")
    answer, _form = step(visitor, form | {"n2.window": [""], "n2.value": ["12.50"]}, "")
    assert 'id="people">2<' in answer.content.decode()
    assert 'class="skeleton"' not in answer.content.decode()
