"""What a tree may say, and what is said of a tree that may not."""

import json

import pytest

from regulars.differentiate.segments.public import NotATree, make_segment, read_tree, sentence
from tests.people import NOW

SPENT = {
    "condition": "orders",
    "about": "amount.sum",
    "is": "at_least",
    "value": 20_000,
    "window": {"last": 90, "unit": "days"},
}
OFTEN = {"condition": "metric", "about": "visits", "is": "more_than", "value": 1}
TEA = {
    "condition": "orders",
    "about": "orders",
    "where": [{"about": "category", "is": "under", "value": ["Tea"]}],
    "is": "at_least",
    "value": 1,
}


def tree(match):
    return {"version": 1, "match": match}


def problems(match, brand):
    with pytest.raises(NotATree) as refused:
        read_tree(tree(match), brand=brand)
    return {problem.pointer: problem.sentence for problem in refused.value.problems}


def test_a_tree_reads_as_a_sentence(teahouse):
    told = tree({"all": [SPENT, OFTEN, {"none": [TEA]}]})
    assert sentence(tree=told, brand=teahouse, language="en") == (
        "Amount spent in the last 90 days is at least £200.00, and number of visits is more than "
        "1, and not: bought (category is Tea or a part of it)"
    )
    assert read_tree(json.dumps(told), brand=teahouse) == read_tree(told, brand=teahouse)


@pytest.mark.parametrize(
    ("changed", "at"),
    [
        ({"condition": "magic"}, "/match/all/0/condition"),
        ({"about": "amount.total"}, "/match/all/0/about"),
        ({"is": "contains"}, "/match/all/0/is"),
        ({"value": "many"}, "/match/all/0/value"),
        ({"value": 12.5}, "/match/all/0/value"),
        ({"value": None}, "/match/all/0/value"),
        ({"is": "between", "value": [10, 5]}, "/match/all/0/value"),
        ({"is": "known", "value": 3}, "/match/all/0/value"),
        ({"colour": "red"}, "/match/all/0"),
        ({"window": {"from": "2025-03-01", "to": "2025-02-01"}}, "/match/all/0/window"),
        ({"window": {"last": 30, "until": 30, "unit": "days"}}, "/match/all/0/window"),
        ({"window": {"last": 0, "unit": "days"}}, "/match/all/0/window/last"),
        ({"window": {"last": 3, "unit": "moons"}}, "/match/all/0/window/unit"),
        ({"window": {"last": 3, "from": "2025-03-01"}}, "/match/all/0/window"),
        ({"window": {"from": "yesterday"}}, "/match/all/0/window/from"),
        ({"window": {"days": 3, "after": "lunch"}}, "/match/all/0/window/after"),
        ({"where": [{"about": "sku", "is": "matches", "value": "(a)\\1"}]},
         "/match/all/0/where/0/value"),
        ({"where": [{"about": "sku", "is": "matches", "value": "((a{100}){100}){100}"}]},
         "/match/all/0/where/0/value"),
        ({"where": [{"about": "branch", "is": "one_of", "value": ["99"]}]},
         "/match/all/0/where/0/value/0"),
        ({"where": "sku"}, "/match/all/0/where"),
        ({"where": [{"about": "sku", "is": "contains", "value": "a\0"}]},
         "/match/all/0/where/0/value"),
        ({"where": [{"about": "\ud800", "is": "contains", "value": "a"}]},
         "/match/all/0/where/0/about"),
        ({"\0": "a"}, "/match/all/0"),
    ],
)  # fmt: skip
def test_each_mistake_is_told_at_its_node(teahouse, changed, at):
    assert list(problems({"all": [SPENT | changed, OFTEN]}, teahouse)) == [at]


@pytest.mark.parametrize("operator", ["known", "unknown"])
def test_what_is_never_unknown_is_not_asked_whether_it_is_known(teahouse, operator):
    has_mail = {"condition": "identifier", "about": "email", "is": operator}
    assert problems(has_mail, teahouse) == {"/match/is": "Compare it by one of: yes, no."}


def test_all_mistakes_are_told_at_once(teahouse):
    found = problems({"any": [SPENT | {"value": "x"}, {"none": [OFTEN | {"is": "x"}]}]}, teahouse)
    assert list(found) == ["/match/any/0/value", "/match/any/1/none/0/is"]


@pytest.mark.parametrize("match", [None, [], {}, {"all": []}, {"all": [], "any": []}, {"or": []}])
def test_a_group_without_conditions_is_refused(teahouse, match):
    assert problems(match, teahouse)


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "7", '{"version": 1}', '{"version": 2, "match": 1}']
)
def test_what_is_no_tree_is_refused(teahouse, text):
    with pytest.raises(NotATree):
        read_tree(text, brand=teahouse)


def test_a_tree_a_thousand_deep_is_refused_before_it_is_descended_into(teahouse):
    deep = OFTEN
    for _level in range(1_000):
        deep = {"all": [deep]}
    assert "levels deep" in next(iter(problems(deep, teahouse).values()))
    with pytest.raises(NotATree):
        read_tree('{"version":1,"match":' + '{"all":[' * 20_000, brand=teahouse)


def test_a_tree_of_too_many_conditions_is_refused(teahouse):
    assert "at most 200" in next(iter(problems({"any": [OFTEN] * 201}, teahouse).values()))


def test_what_belongs_to_another_brand_cannot_be_named(teahouse, bakery):
    theirs = make_segment(brand=bakery, name="Buyers", tree=tree(OFTEN), by=None, now=NOW)
    named = {"condition": "segment", "about": str(theirs.pk), "is": "yes"}
    assert list(problems(named, teahouse)) == ["/match/about"]
    assert read_tree(tree(named), brand=bakery)
