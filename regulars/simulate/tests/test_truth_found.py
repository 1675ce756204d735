"""What the simulator knows, the product finds: who was driven away by what, and who only looked."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from regulars.differentiate.metrics.public import MetricRun, refresh
from regulars.differentiate.segments.public import Segment, families, members
from regulars.differentiate.value.public import VALUES, value_customers
from regulars.differentiate.value.staff.evidence import Evidence
from regulars.identify.commerce.public import Product
from regulars.identify.customers.public import Identifier
from regulars.lake.public import catch_up, reading
from regulars.organization.public import Branch
from regulars.simulate.history import simulate
from regulars.simulate.loading import load
from regulars.simulate.looks import tell_looks
from regulars.simulate.opening import open_shop
from regulars.simulate.segments import make_segments
from regulars.simulate.shops import SHOPS
from regulars.simulate.truth import truth_table

NOW = datetime(2025, 11, 20, 15, 30, tzinfo=UTC)
YEARS = 2.5
PEOPLE = ["member_number", "driven_by", "looked_and_left"]


def about(family, subject, comparison, *values, **more):
    value = {"value": values[0]} if values else {}
    return {"condition": family, "about": subject, "is": comparison, **value, **more}


def bought(about_what, comparison, *values):
    where = [{"about": about_what, "is": comparison, "value": list(values)}]
    return about("orders", "orders", "at_least", 1, where=where)


LOOKED = {
    "first": {"event": "Product Viewed"}, "then": {"order": True}, "within_hours": 72,
}  # fmt: skip
FOUND = (
    about("anniversary", "birthday.in", "at_most", 30),
    about("events", "times", "at_least", 2, event="Product Viewed"),
    about("field", "cups_a_day", "at_least", 5),
    about("household", "members", "at_least", 1, where=[
        {"about": "kind", "is": "one_of", "value": ["child"]},
        {"about": "birthday_in", "is": "at_most", "value": 30}]),
    about("identifier", "email", "no"),
    about("metric", "net_minor", "at_least", 200_000),
    bought("maker", "one_of", "Jade Kiln 玉窑"),
    bought("category", "under", "Tea"),
    bought("coupon", "one_of", "TEA-15"),
    bought("channel", "one_of", "web"),
    about("place", "branch_in_city", "no"),
    about("profile", "source", "one_of", ["friend"]),
    about("sequence", "not_followed", "yes", **LOOKED),
    about("sequence", "followed", "yes", **LOOKED),
    about("share", "share", "less_than", 10, seed="pilot"),
    about("worth", "churn_state", "one_of", ["slipping"]),
)  # fmt: skip


@pytest.fixture
def shop(lake):
    history = simulate(SHOPS["teahouse"], size=1_500, seed=20, years=YEARS, until=NOW)
    opened_at = NOW - timedelta(days=YEARS * 366)
    brand = open_shop(history.shop, opened_at=opened_at, by=None, now=NOW)
    load(history, brand=brand, by=None, now=NOW)
    tell_looks(history, brand=brand, now=NOW)
    tell_looks(history, brand=brand, now=NOW)
    catch_up()
    refresh(brand=brand, now=NOW)
    value_customers(run=MetricRun.objects.get(brand=brand))
    return history, brand


def found(brand, *conditions):
    tree = {"version": 1, "match": {"all": list(conditions)}}
    return set(members(tree=tree, brand=brand, now=NOW))


def share_of(true, found):
    return len(true & found) / len(true)


def truly(history, brand):
    """The customers of each truth, by their numbers in the database."""
    owners = dict(
        Identifier.objects.filter(brand=brand, kind="member_number").values_list(
            "value", "customer_id"
        )
    )
    told = truth_table(history).select(PEOPLE).to_pylist()
    driven = {name: set() for name in {row["driven_by"] for row in told} - {""}}
    looked = {owners[row["member_number"]] for row in told if row["looked_and_left"]}
    for row in told:
        if row["driven_by"]:
            driven[row["driven_by"]].add(owners[row["member_number"]])
    return driven, looked


def test_what_is_true_of_the_shop_is_found_again(shop):
    history, brand = shop
    driven, looked = truly(history, brand)
    with reading() as lake:
        rows = lake.computed(VALUES).to_pyarrow().to_pylist()

    rose = Product.objects.get(sku="BLK-DH")
    dearer = {row["customer_id"] for row in rows if row["dearer_product_id"] == rose.pk}
    given_up = Product.objects.get(sku="GRN-GM")
    gone = {row["customer_id"] for row in rows if row["gone_product_id"] == given_up.pk}
    bristol = Branch.objects.get(brand=brand, code="bristol")
    closed = {row["customer_id"] for row in rows if row["last_branch_id"] == bristol.pk}

    assert {len(people) > 2 for people in driven.values()} == {True}
    assert share_of(driven["dearer BLK-DH"], dearer) > 0.75  # something else may be dearer still
    assert share_of(driven["gone GRN-GM"], gone) > 0.75
    assert share_of(driven["closed bristol"], closed) > 0.75  # one in twelve buys elsewhere
    shares = [row["dearer_share"] for row in rows if row["dearer_product_id"] == rose.pk]
    assert abs(np.median(shares) - 0.22) < 0.01
    assert bristol.closed_on == (NOW - timedelta(days=75)).date()

    late = [row for row in rows if row["churn_state"] in ("at-risk", "slipping")]
    evidence = Evidence(brand, late)
    said = " ".join(sentence for row in late for sentence in evidence.of(row))
    for words in ("was refunded", "has not been sold since", "22 % more now", "closed on"):
        assert words in said

    left = found(brand, about("sequence", "not_followed", "yes", **LOOKED))
    assert looked <= left
    assert share_of(left, looked) > 0.98  # an order that came back whole is none


def test_every_family_of_conditions_finds_somebody_and_not_everybody(shop):
    _, brand = shop
    everybody = found(brand, about("share", "share", "less_than", 100, seed="all"))
    sizes = {str(one): len(found(brand, one)) for one in FOUND}
    assert {one: size for one, size in sizes.items() if not 0 < size < len(everybody)} == {}

    made = make_segments(brand=brand, by=None, now=NOW)
    assert [
        one.name for one in made if not members(tree=one.current.tree, brand=brand, now=NOW)
    ] == []
    used = {one["condition"] for one in FOUND} | {"segment", "list"}
    assert used == set(families())
    win_back = Segment.objects.get(name="Win back")
    assert found(brand, about("segment", str(win_back.pk), "yes"))
