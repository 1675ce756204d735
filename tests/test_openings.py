"""A page opens the lake once at most, however many of its parts ask something of it."""

import pytest

from regulars.differentiate.metrics.public import MetricRun, compute
from regulars.differentiate.value.public import value_customers
from regulars.lake import reading as lake_reading
from regulars.lake.public import catch_up
from regulars.organization.public import Audience
from tests.pages import browser, places
from tests.people import NOW, make_order


@pytest.fixture
def shop(lake, teahouse, soho, alice, bob):
    for customer in (alice, bob):
        make_order(brand=teahouse, customer=customer, branch=soho)
    catch_up()
    compute(brand=teahouse, as_of=NOW.date())
    value_customers(run=MetricRun.objects.get())
    return teahouse


@pytest.fixture
def opened(monkeypatch):
    """The openings of the lake, one entry each."""
    opened = []
    open_it = lake_reading._views
    monkeypatch.setattr(lake_reading, "_views", lambda: opened.append(1) or open_it())
    return opened


def test_a_page_opens_the_lake_once_at_most(shop, soho, dan, opened):
    often, asked = {}, 0
    for place in places():
        if place.audience is Audience.STAFF and place.holds == {"brand"}:
            opened.clear()
            browser(dan).get(place.url(brand=shop, of=soho))
            asked += len(opened)
            if len(opened) > 1:
                often[place.name] = len(opened)
    assert not often, f"Ask within reading_once(), or fewer questions: {often}"
    assert asked > 5
