"""The form of every condition says what the condition says; what is no condition is told where."""

from hashlib import sha256

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.urls import reverse

from regulars.differentiate.segments.draft import draft_of, tree_of
from regulars.differentiate.segments.packing import pack
from regulars.differentiate.segments.public import (
    PeopleList,
    Segment,
    families,
    make_people_list,
    make_segment,
)
from regulars.differentiate.segments.staff.builder.reading import draft_from
from regulars.identify.customers.public import define_field, retire_field
from tests.markup import flaws, read
from tests.people import NOW

AT_LEAST = {"is": "at_least", "value": 2}
TOLD = [
    {"condition": "orders", "about": "amount.sum", "is": "between", "value": [1_050, 20_000],
     "window": {"last": 90, "until": 30, "unit": "days"},
     "where": [{"about": "category", "is": "under", "value": ["Tea", "Tea / 龙井"]},
               {"about": "order_amount", "is": "more_than", "value": 5}]},
    {"condition": "orders", "about": "first_on", "is": "before", "value": "2025-02-01",
     "window": {"from": "2025-01-01", "to": "2025-06-30"}},
    {"condition": "orders", "about": "units", **AT_LEAST, "window": {"previous": "quarter"}},
    {"condition": "orders", "about": "orders", **AT_LEAST,
     "window": {"days": 30, "after": "first_visit_on"}},
    {"condition": "events", "event": "Tea Brewed", "about": "sum.weight", "is": "less_than",
     "value": 1.5, "window": {"last": 12, "unit": "hours"},
     "where": [{"about": "text.leaf", "is": "matches", "value": "^(龙|oo).*"}]},
    {"condition": "events", "event": "Order Placed", "about": "times", **AT_LEAST},
    {"condition": "sequence", "about": "not_followed", "is": "yes", "within_hours": 72,
     "first": {"event": "Product Viewed", "where": [{"about": "imported", "is": "no"}]},
     "then": {"order": True, "where": [{"about": "channel", "is": "one_of", "value": ["web"]}]}},
    {"condition": "metric", "about": "cell", "is": "none_of", "value": ["active/fan"]},
    {"condition": "metric", "about": "net_minor", "is": "unknown"},
    {"condition": "worth", "about": "act_on", "is": "in_next_days", "value": 14},
    {"condition": "profile", "about": "gender", "is": "one_of", "value": ["female", "other"]},
    {"condition": "place", "about": "city", "is": "starts_with", "value": "St. O'“<b>"},
    {"condition": "household", "about": "members", **AT_LEAST,
     "where": [{"about": "kind", "is": "one_of", "value": ["child"]},
               {"about": "birthday_in", "is": "at_most", "value": 30}]},
    {"condition": "identifier", "about": "email", "is": "no"},
    {"condition": "anniversary", "about": "birthday.month", "is": "one_of", "value": ["2", "11"]},
    {"condition": "share", "about": "share", "is": "less_than", "value": 12.5, "seed": "A & b"},
]  # fmt: skip


def tree(*conditions):
    return {"version": 1, "match": {"all": list(conditions)}}


@pytest.fixture
def built(teahouse, sign_in, mia):
    """Open the builder on a tree, and give the page with what its form says."""
    visitor = sign_in(mia)

    def opened(told, language="en"):
        visitor.cookies["django_language"] = language
        answer = visitor.get(reverse("segments:new", args=["teahouse"]), {"draft": pack(told)})
        assert answer.status_code == 200
        page = answer.content.decode()
        return page, tree_of(draft_from(sent(page), teahouse))

    opened.visitor = visitor
    return opened


def sent(page):
    """What a browser sends of the form of a page."""
    posted = QueryDict(mutable=True)
    for field in read(page).all("input", "select"):
        told = field.attributes
        if field.name == "select":
            options = [one.attributes for one in field.all("option")]
            chosen = [one["value"] for one in options if "selected" in one] or [options[0]["value"]]
            posted.appendlist(told["name"], chosen[0])
        elif told.get("type") != "checkbox" or "checked" in told:
            posted.appendlist(told.get("name", ""), told.get("value", ""))
    return posted


@pytest.mark.parametrize("told", TOLD, ids=lambda told: f"{told['condition']} {told['about']}")
def test_the_form_of_a_condition_says_what_it_says(built, teahouse, told):
    for language in ("en", "zh-hans"):
        page, said = built(tree(told), language)
        assert said == tree(told)
        assert not flaws(page)
    assert 'class="problem"' not in page


def test_yes_and_no_read_as_the_family_means_them(built):
    page, _told = built(tree({"condition": "identifier", "about": "email", "is": "no"}))
    assert '<option value="no" selected>is not known</option>' in page
    page, _told = built(tree({"condition": "identifier", "about": "email", "is": "yes"}), "zh-hans")
    assert '<option value="yes" selected>已知</option>' in page


def test_every_family_begins_with_something_that_can_be_read_back(built, teahouse, dan):
    define_field(brand=teahouse, label="Cup", kind="text", by=dan, now=NOW)
    make_people_list(brand=teahouse, name="Guests", lines=[], by=dan, now=NOW)
    make_segment(brand=teahouse, name="Others", tree=tree(TOLD[2]), by=dan, now=NOW)
    place = reverse("segments:draft", args=["teahouse"])
    for key in families():
        answer = built.visitor.post(place, {"node": "n1", "n1.match": "all", "do": f"add:n1:{key}"})
        page = answer.content.decode()
        assert f'name="n2.condition" value="{key}"' in page
        assert 'class="problem"' not in page
        assert not flaws(page)


@pytest.mark.parametrize(
    "shape", ["moving", "earlier", "fixed", "this", "previous", "after", "before"]
)
def test_a_window_that_is_chosen_begins_with_something(built, shape):
    page, _said = built(tree(TOLD[3] | {"window": {"this": "year"}}))
    chosen = {**dict(sent(page).lists()), "n2.window": shape, "do": ""}
    for name in ("last", "until", "unit", "from", "to", "this", "previous", "days"):
        chosen.pop(f"n2.window.{name}", None)
    place = reverse("segments:draft", args=["teahouse"])
    page = built.visitor.post(place, chosen).content.decode()
    assert sent(page)["n2.window"] == shape
    assert 'class="problem"' not in page


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (TOLD[1] | {"window": {"from": "2025-06-30", "to": "2025-01-01"}}, "ends before it begins"),
        (TOLD[11] | {"is": "matches", "value": "((a{99}){99}){99}"}, "pattern cannot be used"),
        (TOLD[2] | {"value": "a few"}, "A number is needed"),
        (TOLD[2] | {"about": "gone"}, "is nothing one can ask about"),
        ({"condition": "magic"}, "magic"),
        (TOLD[2] | {"value": 10**18}, "too large"),
    ],
)
def test_a_mistake_is_told_at_its_node_and_the_rest_stays(built, told, said):
    page, kept = built(tree(TOLD[10], told, TOLD[15]))
    assert kept["match"]["all"][0] == TOLD[10]
    assert kept["match"]["all"][2] == TOLD[15]
    slots = {
        one.attributes["id"]: one.text for one in read(page).all("p") if "id" in one.attributes
    }
    assert said in slots["n3-told"]
    assert not slots["n2-told"]
    assert not slots["n4-told"]
    answer = built.visitor.post(
        reverse("segments:draft", args=["teahouse"]), {**dict(sent(page).lists()), "do": "save"}
    )
    assert answer.status_code == 422
    assert not Segment.objects.exists()


def test_a_field_that_was_retired_is_told_at_its_node(built, teahouse, dan):
    field = define_field(brand=teahouse, label="Cup", kind="text", by=dan, now=NOW)
    told = {"condition": "field", "about": field.key, "is": "one_of", "value": ["blue"]}
    retire_field(field=field, by=dan, now=NOW)
    page, kept = built(tree(TOLD[10], told))
    assert "“Cup (retired)” is nothing one can ask about here" in page
    assert ">Cup (retired)</option>" in page
    assert kept == tree(TOLD[10], told)


def test_a_draft_hundreds_deep_is_refused_in_a_sentence(built, teahouse):
    deep = TOLD[10]
    for _level in range(200):
        deep = {"all": [deep]}
    page, kept = built({"version": 1, "match": deep})
    assert "levels deep" in page
    assert kept == tree()
    chained = {"node": [f"n{number}" for number in range(1, 900)], "do": ""}
    chained |= {f"n{number}.match": "all" for number in range(1, 900)}
    chained |= {f"n{number}.in": f"n{number - 1}" for number in range(2, 900)}
    for name in ("draft", "consequences"):
        answer = built.visitor.post(reverse(f"segments:{name}", args=["teahouse"]), chained)
        assert answer.status_code == 422
        assert "levels deep" in answer.content.decode()


@pytest.mark.parametrize("packed", ["x", "eNpLBAA", "e" * 5_000, pack([1]), pack("x"), pack(None)])
def test_a_draft_that_is_none_leaves_a_blank_page(built, packed):
    url = reverse("segments:new", args=["teahouse"])
    assert built.visitor.get(url, {"draft": packed}).status_code == 200


@pytest.mark.parametrize(
    ("part", "at"),
    [
        ({"window": [1]}, "/match/all/0/window"),
        ({"where": "x"}, "/match/all/0/where"),
        ({"where": [5]}, "/match/all/0/where/0"),
        ({"is": 5}, "/match/all/0/is"),
        ({"value": "a\0"}, "/match/all/0/value"),
    ],
)
def test_a_draft_that_no_form_could_hold_is_refused_and_not_mended(built, part, at):
    told = tree({"condition": "orders", "about": "orders", "is": "at_least", "value": 1} | part)
    answer = built.visitor.get(reverse("segments:new", args=["teahouse"]), {"draft": pack(told)})
    assert answer.status_code == 200
    assert at in answer.content.decode()


def test_an_empty_segment_and_one_without_a_name_are_not_saved(built, teahouse):
    place = reverse("segments:draft", args=["teahouse"])
    blank = {"node": "n1", "n1.match": "all", "name": "Nobody", "do": "save"}
    assert "Add a condition first" in built.visitor.post(place, blank).content.decode()
    nameless = {**dict(sent(built(tree(TOLD[10]))[0]).lists()), "do": "save"}
    assert "needs a name" in built.visitor.post(place, nameless).content.decode()
    assert not Segment.objects.exists()


def test_who_may_not_edit_looks_without_changing(built, teahouse, sign_in, ben, dan):
    segment = make_segment(brand=teahouse, name="Grown", tree=tree(TOLD[10]), by=dan, now=NOW)
    visitor = sign_in(ben)
    page = visitor.get(reverse("segments:definition", args=["teahouse", segment.pk])).content
    assert b"disabled" in page
    assert b'value="save"' not in page
    place = reverse("segments:draft", args=["teahouse"])
    assert visitor.post(place, {"do": "save"}).status_code == 403


def test_a_file_becomes_a_list_that_is_used(built, teahouse, alice, bob):
    told = f"Name;E-mail\nAlice;{'alice@mail.test'}\nBob;BOB@mail.test\nNobody;none@mail.test\n"
    file = SimpleUploadedFile("guests.csv", told.encode("gb18030"))
    place = reverse("segments:new_list", args=["teahouse"])
    packed = pack(tree(TOLD[10]))
    sending = {"name": "Guests", "file": file}
    answer = built.visitor.post(f"{place}?draft={packed}", sending, follow=True)
    made = PeopleList.objects.get()
    assert (set(made.people), made.unknown) == ({alice.pk, bob.pk}, 1)
    use = next(one for one in read(answer.content.decode()).all("a") if "draft=" in str(one))
    page = built.visitor.get(use.attributes["href"], follow=True).content.decode()
    said = tree_of(draft_from(sent(page), teahouse))
    assert said == tree(TOLD[10], {"condition": "list", "about": str(made.pk), "is": "yes"})


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\0\0", b"\x89PNG\r\n\0\0"])
def test_what_is_no_list_is_refused(built, content):
    place = reverse("segments:new_list", args=["teahouse"])
    sending = {"name": "Guests", "file": SimpleUploadedFile("guests.csv", content)}
    assert built.visitor.post(place, sending).status_code == 422
    assert not PeopleList.objects.exists()


def test_a_draft_is_a_draft_of_itself(teahouse):
    assert tree_of(draft_of(tree(*TOLD))) == tree(*TOLD)


def test_a_draft_too_large_for_the_address_is_said_to_be_in_its_page_alone(built):
    words = [sha256(f"{number}".encode()).hexdigest() for number in range(400)]
    sending = {"node": ["n1"], "n1.match": "all"}
    for nth in range(2, 6):
        sending["node"].append(f"n{nth}")
        sending |= {f"n{nth}.in": "n1", f"n{nth}.condition": "place", f"n{nth}.about": "city",
                    f"n{nth}.kind": "text", f"n{nth}.is": "one_of",
                    f"n{nth}.value": [f"{one}{nth * 7919:x}" for one in words]}  # fmt: skip
    answer = built.visitor.post(reverse("segments:consequences", args=["teahouse"]), sending)
    assert answer["HX-Replace-Url"] == "?"
    assert "in this page alone" in answer.content.decode()
