"""Who may not see personal data does not learn it by way of segments."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from regulars.differentiate.metrics.public import refresh
from regulars.differentiate.segments.packing import pack
from regulars.differentiate.segments.public import (
    NotATree,
    Segment,
    change_segment,
    make_segment,
    refresh_segments,
)
from regulars.differentiate.segments.tests.test_builder import form_of, step
from regulars.identify.customers.public import define_field, fields_of, retire_field
from regulars.lake.public import catch_up
from regulars.organization.public import Permission, access_of
from tests.people import NOW, make_customer, make_order

BREWS = {"condition": "field", "about": "brew", "is": "one_of", "value": ["Yixing"]}
BORN = {"condition": "anniversary", "about": "birthday.in", "is": "at_most", "value": 100}
CHILD = {"condition": "household", "about": "members", "is": "at_least", "value": 1,
         "where": [{"about": "birthday_in", "is": "at_most", "value": 30}]}  # fmt: skip
BOUGHT = {"condition": "orders", "about": "orders", "is": "at_least", "value": 1}
PERSONAL = {"field": BREWS, "birthday": BORN, "household": CHILD}
REFUSED = "Your role does not see this."


def tree(*conditions):
    return {"version": 1, "match": {"all": list(conditions)}}


@pytest.fixture
def mo(teahouse, dan):
    """Mo, who brews in a Yixing pot, which is personal, and has milk, which is not."""
    for label, personal in (("Brew", True), ("Milk", False)):
        define_field(brand=teahouse, label=label, kind="text", personal=personal, by=dan, now=NOW)
    kept = {"brew": "Yixing", "milk": "oat"}
    return make_customer(brand=teahouse, name="Mo", born_on=date(1990, 1, 10), fields=kept)


@pytest.fixture
def shop(lake, teahouse, mo, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW + timedelta(minutes=5))
    make_order(brand=teahouse, customer=mo)
    catch_up()
    refresh(brand=teahouse, now=NOW)
    return teahouse


def url(name, *held):
    return reverse(f"segments:{name}", args=["teahouse", *held])


def seen(visitor, name, *held, **asked):
    answer = visitor.get(url(name, *held), asked)
    assert answer.status_code == 200
    return answer.content.decode()


def analyst(ana):
    return access_of(ana, brand_slug="teahouse", asked=Permission.EDIT_SEGMENTS)


def test_why_says_that_it_holds_and_not_what_is_known(shop, mo, sign_in, dan, ana, sam):
    told = tree(BREWS, BORN, {**BREWS, "about": "milk", "value": ["oat"]})
    segment = make_segment(brand=shop, name="Brewers", tree=told, by=dan, now=NOW)
    hidden = seen(sign_in(ana), "reason", segment.pk, mo.public_id)
    assert hidden.count('<span class="badge" data-kind="good">•••</span>') == 2
    assert ">Yixing<" not in hidden
    assert ">51<" not in hidden
    assert ">oat<" in hidden
    for visitor in (sign_in(dan), sign_in(sam)):
        page = seen(visitor, "reason", segment.pk, mo.public_id)
        assert ">Yixing<" in page
        assert ">51<" in page


def test_why_of_a_draft_leaves_out_what_the_role_does_not_see(shop, mo, sign_in, dan, ana):
    for told in PERSONAL.values():
        alone = seen(sign_in(ana), "why", mo.public_id, draft=pack(tree(told)))
        assert REFUSED in alone
        assert 'data-holds="' not in alone
    both = seen(sign_in(ana), "why", mo.public_id, draft=pack(tree(BREWS, BOUGHT)))
    assert both.count('data-holds="yes"') == 2
    assert "Yixing" not in both
    assert ">Yixing<" in seen(sign_in(dan), "why", mo.public_id, draft=pack(tree(BREWS)))


def test_the_builder_neither_offers_nor_counts_what_is_personal(shop, sign_in, dan, ana):
    for told in PERSONAL.values():
        for who, refused in ((ana, True), (dan, False)):
            visitor = sign_in(who)
            page = seen(visitor, "new", draft=pack(tree(told)))
            assert (REFUSED in page) == refused
            come_to = visitor.post(url("consequences"), form_of(page)).content.decode()
            assert ('id="people"' in come_to) != refused
            assert (REFUSED in come_to) == refused


def test_a_new_condition_begins_with_what_one_sees(shop, sign_in, dan, ana):
    for who, (own, day) in (
        (dan, ("brew", "birthday.in")),
        (ana, ("milk", "known_since.in")),
    ):
        visitor = sign_in(who)
        form = form_of(seen(visitor, "new"))
        answer, said = step(visitor, form, "add:n1:field")
        assert said["n2.about"] == [own]
        assert (b'value="brew"' in answer.content) == (who == dan)
        _answer, said = step(visitor, form, "add:n1:anniversary")
        assert said["n2.about"] == [day]
        answer, said = step(visitor, form, "add:n1:household")
        assert said["n2.about"] == ["members"]


def test_a_family_of_which_one_sees_nothing_is_not_in_the_menu(shop, sign_in, dan, ana):
    asked = 'value="add:n1:field"'
    assert asked in seen(sign_in(ana), "new")
    retire_field(field=fields_of(brand=shop)[1], by=dan, now=NOW)
    assert asked not in seen(sign_in(ana), "new")
    assert asked in seen(sign_in(dan), "new")


def test_what_is_personal_is_not_saved_by_who_does_not_see_it(teahouse, mo, dan, ana):
    for told in PERSONAL.values():
        with pytest.raises(NotATree, match=REFUSED):
            make_segment(brand=teahouse, name="X", tree=tree(told), by=analyst(ana), now=NOW)
    assert not Segment.objects.exists()
    segment = make_segment(brand=teahouse, name="X", tree=tree(BREWS), by=dan, now=NOW)
    with pytest.raises(NotATree, match=REFUSED):
        change_segment(segment=segment, tree=tree(BREWS, BOUGHT), by=analyst(ana), now=NOW)
    assert segment.versions.count() == 1


def test_a_segment_of_others_is_shown_named_and_copied(shop, mo, sign_in, dan, ana):
    told = tree(BREWS, BOUGHT)
    segment = make_segment(brand=shop, name="Brewers", tree=told, by=dan, now=NOW)
    refresh_segments(brand=shop, now=NOW)
    visitor = sign_in(ana)
    assert "Brew is Yixing" in seen(visitor, "segment", segment.pk)
    form = form_of(seen(visitor, "definition", segment.pk))
    assert form["n2.about"] == ["brew"]
    answer, _form = step(visitor, form | {"name": "Potters"}, "save")
    assert answer.status_code == 302
    assert visitor.post(url("copy", segment.pk)).status_code == 302
    assert visitor.post(url("freeze", segment.pk)).status_code == 302
    names = {one.name: one.current.tree for one in Segment.objects.all()}
    assert names == dict.fromkeys(("Potters", "Potters 2", "Potters 3"), told)
    frozen = Segment.objects.exclude(frozen_at=None).get()
    page = seen(visitor, "definition", frozen.pk)
    assert "Brew is Yixing" in page
    assert REFUSED not in page


def test_the_service_agent_builds_no_segments(teahouse, mo, sign_in, sam):
    visitor = sign_in(sam)
    for page in ("new", "words", "segments"):
        assert visitor.get(url(page)).status_code == 403
