from datetime import UTC, datetime, timedelta

import pytest

from regulars.identify.commerce.public import Order, Product, RefundMatch
from regulars.identify.customers.public import Customer, fields_of
from regulars.organization.public import Branch, Brand, Role, RoleName, User
from regulars.simulate.cast import CAST
from regulars.simulate.opening import OWNER, STAFF, employ, open_shop
from regulars.simulate.shops import SHOPS
from regulars.simulate.telling import tell

NOW = datetime(2025, 11, 20, 15, 30, tzinfo=UTC)
PASSWORD = "jasmine, oolong and a kettle"
pytestmark = pytest.mark.django_db


def _open(slug: str) -> Brand:
    return open_shop(SHOPS[slug], opened_at=NOW - timedelta(days=1_000), by=None, now=NOW)


@pytest.fixture
def dan() -> User:
    for slug in CAST:
        _open(slug)
    return employ(STAFF, password=PASSWORD, by=None, now=NOW)[0]


@pytest.mark.parametrize("slug", SHOPS)
def test_a_shop_opens_with_its_branches_and_fields(slug):
    brand, shop = _open(slug), SHOPS[slug]
    assert (brand.timezone, brand.currency) == (shop.timezone, shop.currency)
    assert Branch.objects.filter(brand=brand).count() == len(shop.places)
    assert {field.key for field in fields_of(brand=brand)} == {f.key for f in shop.fields}


def test_opening_twice_opens_once(dan):
    before = [model.objects.count() for model in (Brand, Branch, User, Role)]
    for slug in CAST:
        _open(slug)
    employ(STAFF, password="another password altogether", by=None, now=NOW)
    assert [model.objects.count() for model in (Brand, Branch, User, Role)] == before
    dan.refresh_from_db()
    assert dan.check_password(PASSWORD)


def test_there_is_somebody_for_every_role(dan):
    assert {colleague.role for colleague in STAFF} == set(RoleName)
    assert dan.email == OWNER.email
    assert Role.objects.get(user=dan).brand is None


@pytest.mark.parametrize("slug", CAST)
def test_the_cast_lives_its_stories_once(dan, slug):
    brand = Brand.objects.get(slug=slug)
    for _ in range(2):
        for story in CAST[slug]:
            tell(story, brand=brand, shop=SHOPS[slug], by=dan, now=NOW)
    stories = CAST[slug]
    assert Customer.objects.filter(brand=brand).count() == len(stories)
    assert Order.objects.filter(brand=brand).count() == sum(len(story.bought) for story in stories)
    assert not Order.objects.filter(occurred_at__gt=NOW).exists()
    skus = set(Product.objects.filter(brand=brand).values_list("sku", flat=True))
    assert skus <= {good.sku for good in SHOPS[slug].goods}


def test_alice_brought_something_back(dan):
    brand = Brand.objects.get(slug="teahouse")
    alice = tell(CAST["teahouse"][0], brand=brand, shop=SHOPS["teahouse"], by=dan, now=NOW)
    match = RefundMatch.objects.get()
    assert match.line.order.customer_id == alice.pk
    assert alice.household.get().species == "cat"
    alice.refresh_from_db()
    assert alice.fields == {"how_they_brew": "pot 壶泡", "cups_a_day": 5}


def test_every_story_names_goods_and_branches_that_exist():
    for slug, stories in CAST.items():
        goods = {good.sku for good in SHOPS[slug].goods}
        places = {place.code for place in SHOPS[slug].places}
        for story in stories:
            assert story.branch in places
            for one in story.bought:
                assert {sku for sku, _ in one.lines + one.back} <= goods
                assert one.branch in places
                assert one.back_after < one.days_ago
