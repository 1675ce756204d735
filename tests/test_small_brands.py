"""Three customers, one day of history, only refunds: every page still says something true."""

import re
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from django.conf import settings
from django.test import Client

from regulars.differentiate.metrics.public import compute
from regulars.differentiate.segments.public import Segment, make_segment, refresh_segments
from regulars.differentiate.value.public import value_customers
from regulars.identify.commerce.public import GivenBack, Return, record_refund
from regulars.identify.customers.public import Customer
from regulars.lake.public import catch_up
from regulars.organization.public import Brand, User
from tests.markup import flaws
from tests.pages import Place, browser, places
from tests.people import NOW, make_customer, make_order

pytestmark = pytest.mark.django_db(transaction=True)
OF_A_BRAND = [one for one in places() if {"brand"} <= one.holds <= {"brand", "customer", "segment"}]
NO_FIGURE = re.compile(r"\b(?:nan|NaN|Infinity|inf|undefined)\b|>None<|None %|%\(|−0(?![.,\d])")
VISITS = {"condition": "metric", "about": "visits", "is": "at_least"}
SEGMENTS = {"Known": 0, "Came": 1}  # visits


def _three_customers(brand: Brand) -> Customer:
    people = [make_customer(brand=brand, name=name) for name in ("Alice", "Bob", "Chloé")]
    for person, back in zip(people, ((70, 40, 3), (9,), (200,)), strict=True):
        for days in back:
            make_order(brand=brand, customer=person, at=NOW - timedelta(days=days))
    return people[0]


def _one_day(brand: Brand) -> Customer:
    people = [make_customer(brand=brand, name=name, since=NOW) for name in ("Alice", "Bob")]
    for person in people:
        make_order(brand=brand, customer=person)
    return people[0]


def _only_refunds(brand: Brand) -> Customer:
    alice = make_customer(brand=brand, name="Alice")
    back = [GivenBack(sku="sencha", quantity=Decimal(1), amount_minor=500)]
    told = Return(source="till", number="R-1", occurred_at=NOW, customer_id=alice.pk, lines=back)
    record_refund(brand=brand, refund=told, by=None, now=NOW)
    return alice


TRUE = {
    _three_customers: {
        "metrics:board": "60 % of revenue stands on 1 person who is active · regular",
        "metrics:concentration": "A fifth of the customers bring 60 % of the net value",
        "value:worth": "Not estimable yet",
        "value:forecast": "Not estimable yet",
        "value:churn": "No model can be estimated yet",
        "segments:overlap": "3 of 3 people are in more than one of them, 100.0 %",
        "explore:migration": "There are no two days to compare yet",
    },
    _one_day: {
        "metrics:board": "100 % of revenue stands on 2 people",
        "metrics:cohorts": "The first cohort has not had a whole month yet",
        "value:worth": "Not estimable yet",
        "value:forecast": "Not estimable yet",
        "explore:retention": "The first step is not over yet",
    },
    _only_refunds: {
        "metrics:board": "1 customer is known, and has no visit",
        "metrics:concentration": "Nobody has brought anything yet",
        "metrics:cohorts": "Nobody has come yet",
        "segments:overlap": "Nobody is in more than one of them",
    },
}
Make = Callable[[Brand], Customer]


@pytest.mark.parametrize("make", TRUE, ids=lambda make: make.__name__.strip("_"))
def test_every_page_says_something_true(
    make: Make, lake: object, teahouse: Brand, dan: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW + timedelta(minutes=5))
    person = make(teahouse)
    catch_up()
    value_customers(run=compute(brand=teahouse, as_of=NOW.date()))
    segments = [
        make_segment(
            brand=teahouse,
            name=name,
            tree={"version": 1, "match": {**VISITS, "value": least}},
            by=None,
            now=NOW,
        )
        for name, least in SEGMENTS.items()
    ]
    refresh_segments(brand=teahouse, now=NOW)
    visitor, sentences = browser(dan), dict(TRUE[make])
    for place in OF_A_BRAND:
        text = _read(visitor, place, teahouse, person, segments)
        assert sentences.pop(place.name, "") in text, place
    assert not sentences


def _read(
    visitor: Client, place: Place, brand: Brand, person: Customer, segments: list[Segment]
) -> str:
    """Read a page in both languages, the English last, and find nothing in it that is no figure."""
    text = ""
    for language in reversed([code for code, _name in settings.LANGUAGES]):
        visitor.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        url = place.url_of(brand=brand, customer=person.public_id, segment=segments[0].pk)
        asked = {"segment": [one.pk for one in segments]}
        answer = visitor.get(url, asked)
        assert answer.status_code in {200, 302, 405}, place
        if answer.status_code != 200 or not answer["Content-Type"].startswith("text/html"):
            continue
        text = answer.content.decode()
        assert not flaws(text), place
        assert not NO_FIGURE.findall(text), (place, language)
    return text
