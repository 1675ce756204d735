"""A data folder of an older version: what it has computed is made anew, and pages wait for it."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from regulars.differentiate.metrics.computation import KEPT_TABLES
from regulars.differentiate.metrics.duties import compute_metrics
from regulars.differentiate.metrics.looking import look_from
from regulars.differentiate.metrics.public import SEGMENT_PEOPLE, VALUES, compute, days_to_remake
from regulars.differentiate.segments.public import make_segment, refresh_segments
from regulars.differentiate.value.duties import value
from regulars.identify.customers.public import Customer
from regulars.lake import computed_files
from regulars.lake.public import catch_up, partitions
from regulars.organization.public import Branch, Brand, User
from tests.pages import browser, places
from tests.people import NOW, make_customer, make_order

pytestmark = pytest.mark.django_db(transaction=True)
TODAY, BEFORE = NOW.date(), date(2025, 10, 31)
CAME = {"condition": "orders", "about": "orders", "is": "at_least", "value": 1,
        "window": {"last": 30, "unit": "days"}}  # fmt: skip


@pytest.fixture
def shop(
    lake: object, teahouse: Brand, soho: Branch, dan: User, monkeypatch: pytest.MonkeyPatch
) -> Brand:
    """The teahouse, its figures computed by an older version."""
    alice = make_customer(brand=teahouse, name="Alice Moreau", branch=soho)
    for back in (1, 40):
        at = NOW - timedelta(days=back)
        make_order(brand=teahouse, customer=alice, lines=[("sencha", 1, 5000)], at=at)
    catch_up()
    look_from(brand=teahouse, day=TODAY, by=dan, now=NOW)
    with monkeypatch.context() as older:
        for table in (*KEPT_TABLES, VALUES, SEGMENT_PEOPLE):
            known = SimpleNamespace(table=table, form="of an older version")
            older.setitem(computed_files._declarations(), table, known)
        compute(brand=teahouse, as_of=BEFORE)
        compute_metrics()
        value()
        tree = {"version": 1, "match": CAME}
        make_segment(brand=teahouse, name="Came", tree=tree, by=dan, now=NOW)
        refresh_segments(brand=teahouse, now=NOW)
    return teahouse


def answers(person: User, brand: Brand) -> dict[str, int]:
    """Ask for every page of a brand, and of its first customer."""
    visitor = browser(person)
    visitor.raise_request_exception = False
    customer = Customer.objects.get(brand=brand).public_id
    asked = [place for place in places() if place.holds <= {"brand", "customer"}]
    urls = {place.name: place.url_of(brand=brand, customer=customer) for place in asked}
    return {name: visitor.get(url).status_code for name, url in urls.items()}


def test_what_an_older_version_computed_is_made_anew(shop: Brand, dan: User, ben: User) -> None:
    for person in (dan, ben):
        found = answers(person, shop)
        assert {name: code for name, code in found.items() if code > 499 and code != 503} == {}
        assert found["metrics:concentration"] == 503
    system = browser(dan).get("/b/teahouse/settings/system/").content.decode()
    assert "The figures of 2 days are made anew." in system

    compute_metrics()
    assert days_to_remake(brand=shop) == []
    value()
    refresh_segments(brand=shop, now=NOW)
    assert {where["as_of"] for where in partitions(VALUES)} == {TODAY}
    assert len(partitions(SEGMENT_PEOPLE)) == 1
    assert {name: code for name, code in answers(dan, shop).items() if code > 499} == {}
