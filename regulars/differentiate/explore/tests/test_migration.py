"""Migration between two days, and how few bring how much."""

from datetime import timedelta

import pytest
from django.urls import reverse

from regulars.differentiate.metrics.public import compute
from regulars.lake.public import catch_up
from tests.people import NOW, make_customer, make_order

pytestmark = pytest.mark.django_db(transaction=True)


def at(page, brand="teahouse"):
    return reverse(f"explore:{page}", args=[brand])


@pytest.fixture
def shop(lake, teahouse, bakery, soho, camden):
    """Alice, who came back after the first day; Bob, who did not; and 大卫, who is new."""
    alice = make_customer(brand=teahouse, name="Alice Moreau", branch=soho)
    bob = make_customer(brand=teahouse, name="Bob Larsen", branch=camden)
    dawei = make_customer(brand=teahouse, name="大卫")
    for who, back, amount in (
        (alice, 200, 900),
        (alice, 2, 8000),
        (bob, 120, 500),
        (dawei, 3, 600),
    ):
        make_order(brand=teahouse, customer=who, at=NOW - timedelta(days=back),
                   lines=[("sencha" if who is alice else "cup", 1, amount)])  # fmt: skip
    catch_up()
    for back in (30, 0):
        compute(brand=teahouse, as_of=NOW.date() - timedelta(days=back))
    return teahouse


def test_streams_between_two_days_open_down_to_people(shop, dan, ben, sign_in):
    visitor = sign_in(dan)
    page = visitor.get(at("migration"), {"side": "frequency_state"}).content.decode()
    assert '"type": "sankey"' in page
    assert "went from" in page
    asked = {"side": "frequency_state", "before": "new", "now": "second-time"}
    people = visitor.get(at("migration_people"), asked).content.decode()
    assert "Alice Moreau" in people
    assert "Bob" not in people
    fresh = visitor.get(at("migration_people"), {**asked, "before": "", "now": "new"})
    assert "大卫" in fresh.content.decode()
    theirs = sign_in(ben).get(at("migration"), {"side": "frequency_state"}).content.decode()
    assert "100 %" in theirs


def test_one_day_is_no_migration(lake, teahouse, dan, sign_in):
    page = sign_in(dan).get(at("migration")).content.decode()
    assert "There are no two days to compare yet" in page


def test_how_few_products_bring_how_much(shop, dan, sign_in):
    asked = {"measure": "net_revenue", "by": "product", "period": "all", "show": "spread",
             "top": "all"}  # fmt: skip
    page = sign_in(dan).get(at("explore"), asked).content.decode()
    assert "Product: 1 of 2 bring 89 % of Net revenue" in page
