"""From the database through the lake to numbers, people and reasons."""

from datetime import timedelta

import pytest

from regulars.differentiate.metrics.public import compute
from regulars.differentiate.segments.public import count, explain, members, sample, sentence
from regulars.lake.public import catch_up
from regulars.organization.public import Branch
from tests.people import NOW, make_customer, make_order

SPENT = {
    "condition": "orders",
    "about": "amount.sum",
    "is": "at_least",
    "value": 3_000,
    "window": {"last": 90, "unit": "days"},
}
FEMALE = {"condition": "profile", "about": "gender", "is": "one_of", "value": ["female"]}


def tree(match):
    return {"version": 1, "match": match}


@pytest.fixture
def shop(lake, teahouse, bakery, soho, alice, bob, chloe, eve):
    """Alice came thrice of late, Bob once long ago, Chloé never; Eve belongs to the bakery."""
    for days in (0, 20, 30):
        make_order(brand=teahouse, customer=alice, at=NOW - timedelta(days=days), branch=soho)
    make_order(brand=teahouse, customer=bob, at=NOW - timedelta(days=300), lines=[("cup", 1, 9000)])
    make_order(brand=teahouse, at=NOW - timedelta(days=1), lines=[("cup", 1, 9000)])
    make_order(brand=bakery, customer=eve, lines=[("bun", 1, 9000)])
    catch_up()
    compute(brand=teahouse, as_of=NOW.date())
    return teahouse


def test_people_are_counted_with_what_they_are_worth(shop):
    found = count(tree=tree(SPENT), brand=shop, now=NOW)
    assert (found.people, found.everybody) == (1, 3)
    assert (found.net_minor, found.net_of_all_minor) == (3 * 1250, 3 * 1250 + 9000)


def test_none_is_everybody_else_of_the_brand(shop, alice, bob, chloe):
    found = members(tree=tree({"none": [SPENT]}), brand=shop, now=NOW)
    assert set(found) == {bob.pk, chloe.pk}
    assert sample(tree=tree({"none": [SPENT]}), brand=shop, now=NOW, size=1)[0] in found


def test_what_is_unknown_satisfies_no_comparison_and_none_turns_that_round(shop, alice, lake):
    dora = make_customer(brand=shop, name="Dora", gender="female")
    catch_up()
    not_female = FEMALE | {"is": "none_of"}
    unknown = {"condition": "profile", "about": "gender", "is": "unknown"}
    assert set(members(tree=tree(FEMALE), brand=shop, now=NOW)) == {dora.pk}
    assert not members(tree=tree(not_female), brand=shop, now=NOW)
    assert len(members(tree=tree({"none": [FEMALE]}), brand=shop, now=NOW)) == 3
    assert len(members(tree=tree(unknown), brand=shop, now=NOW)) == 3


def test_a_branch_manager_counts_at_their_branch(shop, camden, soho):
    everybody = tree({"none": [FEMALE]})
    assert count(tree=everybody, brand=shop, now=NOW, branch_ids=frozenset({soho.pk})).people == 1
    assert count(tree=everybody, brand=shop, now=NOW, branch_ids=frozenset()).everybody == 0


def test_people_live_near_a_branch_while_it_is_open(shop, camden, soho, alice, bob):
    nora = make_customer(brand=shop, name="Nora", city="LONDON")
    catch_up()
    near = {"condition": "place", "about": "branch_in_city", "is": "yes"}

    def found(asked):
        return set(members(tree=tree(asked), brand=shop, now=NOW))

    assert found(near) == {nora.pk}
    assert found(near | {"is": "no"}) == {alice.pk, bob.pk}  # where Chloé lives, nobody knows
    camden.closed_on = NOW.date()
    soho.opened_on = NOW.date() + timedelta(days=1)
    Branch.objects.bulk_update([camden, soho], ["closed_on", "opened_on"])
    assert found(near) == set()
    assert sentence(tree=tree(near), brand=shop, language="en") == "An open branch in their city"
    assert sentence(tree=tree(near), brand=shop, language="zh-hans") == "所在城市有营业中的门店"


def test_a_reason_walks_the_tree_with_the_persons_values(shop, alice, eve):
    told = tree({"all": [SPENT, {"none": [FEMALE]}]})
    why = explain(tree=told, customer_id=alice.pk, brand=shop, now=NOW)
    assert why.holds
    assert [node.holds for node in why.nodes] == [True, True]
    assert (why.nodes[0].found, why.nodes[1].nodes[0].found) == ("£37.50", "unknown")
    assert not why.nodes[1].nodes[0].holds
    assert explain(tree=told, customer_id=eve.pk, brand=shop, now=NOW) is None
