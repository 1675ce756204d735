"""A brand with nothing, with refunds only, of one day, of three customers: pages say what is so."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from regulars.differentiate.metrics.looking import look_from
from regulars.identify.commerce.public import GivenBack, Return, record_refund
from regulars.lake.public import catch_up
from regulars.organization.public import Branch, Brand, User
from tests.cast import SignIn
from tests.people import NOW, make_customer, make_order

pytestmark = pytest.mark.django_db(transaction=True)
PAGES = ("board", "rhythm", "concentration", "cohorts", "structure", "thresholds")


@pytest.fixture
def as_dan(lake: object, sign_in: SignIn, dan: User) -> Client:
    return sign_in(dan)


def read(visitor: Client) -> dict[str, str]:
    """Count as of today, and read every page."""
    catch_up()
    brand = Brand.objects.get(slug="teahouse")
    look_from(brand=brand, day=NOW.date(), by=None, now=NOW)
    answers = {page: visitor.get(reverse(f"metrics:{page}", args=["teahouse"])) for page in PAGES}
    assert {answer.status_code for answer in answers.values()} == {200}
    return {page: answer.content.decode() for page, answer in answers.items()}


def give_back(brand: Brand, customer_id: int, amount: int) -> None:
    back = [GivenBack(sku="sencha", quantity=Decimal(1), amount_minor=amount)]
    told = Return(source="till", number="R-1", occurred_at=NOW, customer_id=customer_id, lines=back)
    record_refund(brand=brand, refund=told, by=None, now=NOW)


def test_before_anything_was_counted(as_dan: Client) -> None:
    for page in PAGES:
        text = as_dan.get(reverse(f"metrics:{page}", args=["teahouse"])).content.decode()
        assert "Nothing has been counted yet" in text, page


def test_a_brand_with_nothing(as_dan: Client) -> None:
    pages = read(as_dan)
    assert "Nobody has bought anything yet" in pages["board"]
    assert "Nobody has bought anything yet" in pages["rhythm"]
    assert "an active window of 90 days is assumed" in pages["thresholds"]


def test_a_brand_whose_first_orders_have_just_come(as_dan: Client, teahouse: Brand) -> None:
    read(as_dan)
    make_order(brand=teahouse, customer=make_customer(brand=teahouse, name="Alice"))
    for page in ("board", "rhythm", "concentration", "cohorts"):
        text = as_dan.get(reverse(f"metrics:{page}", args=["teahouse"])).content.decode()
        assert "Nothing has been counted yet" in text, page


def test_a_brand_of_strangers(as_dan: Client, teahouse: Brand) -> None:
    make_order(brand=teahouse)
    for page in ("board", "rhythm"):
        assert "The shop has 1 order, and of nobody who is known here" in read(as_dan)[page]


def test_a_brand_with_refunds_only(as_dan: Client, teahouse: Brand) -> None:
    give_back(teahouse, make_customer(brand=teahouse, name="Alice").pk, 500)
    pages = read(as_dan)
    for page in ("board", "rhythm"):
        assert "1 customer is known, and has no visit" in pages[page]
    assert "Nobody has brought anything yet" in pages["concentration"]
    assert "Nobody has come yet" in pages["cohorts"]
    assert "1 customer, with or without a visit" in pages["structure"]


def test_a_brand_with_one_day_of_history(as_dan: Client, teahouse: Brand) -> None:
    for name in ("Alice", "Bob"):
        make_order(brand=teahouse, customer=make_customer(brand=teahouse, name=name))
    pages = read(as_dan)
    assert "Nobody has come back yet, so an active window of 90 days is assumed" in pages["board"]
    assert "100 % of revenue stands on 2 people" in pages["board"]
    assert "0 active customers are about to leave" in pages["rhythm"]
    assert "nobody has a cadence of their own" in pages["rhythm"]
    assert "The first cohort has not had a whole month yet" in pages["cohorts"]


def test_a_brand_with_three_customers(as_dan: Client, teahouse: Brand, soho: Branch) -> None:
    for name, back in (("Alice", (70, 40, 3)), ("Bob", (9,)), ("Chloé", (200,))):
        person = make_customer(brand=teahouse, name=name)
        for days in back:
            make_order(brand=teahouse, customer=person, at=NOW - timedelta(days=days))
    pages = read(as_dan)
    assert "60 % of revenue stands on 1 person who is active · regular" in pages["board"]
    assert "50 % of returns happen within 35.6 days" in pages["board"]
    assert "A fifth of the customers bring 60 % of the net value" in pages["concentration"]


def test_customers_who_brought_back_more_than_they_bought(as_dan: Client, teahouse: Brand) -> None:
    alice = make_customer(brand=teahouse, name="Alice")
    make_order(brand=teahouse, customer=alice, lines=[("oolong", 1, 1000)])
    give_back(teahouse, alice.pk, 2500)
    pages = read(as_dan)
    assert "All customers together brought back as much as they bought, or more" in pages["board"]
    assert "of revenue</span>" not in pages["board"]
    assert "Nobody has brought anything yet" in pages["concentration"]


def test_a_branch_where_nobody_has_come(
    as_dan: Client, teahouse: Brand, camden: Branch, ben: User, sign_in: SignIn
) -> None:
    make_order(brand=teahouse, customer=make_customer(brand=teahouse, branch=camden))
    read(as_dan)
    for page in ("board", "rhythm"):
        text = sign_in(ben).get(reverse(f"metrics:{page}", args=["teahouse"])).content.decode()
        assert "and of nobody who is known here" in text
