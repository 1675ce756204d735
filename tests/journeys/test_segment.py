"""Saying exactly who is meant: what a marketer does who knows no SQL."""

import re

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.journeys.conftest import Shop

pytestmark = pytest.mark.browser

PATIENCE = 120_000  # milliseconds until facts have arrived in the lake
PEOPLE = """
from datetime import timedelta
from django.utils import timezone
from regulars.identify.customers.public import Customer
from regulars.organization.public import Brand
from tests.people import make_customer, make_order
shop, now = Brand.objects.get(slug={brand!r}), timezone.now()
for name, city, spent in (("Alice Moreau", "Leeds", 3000), ("Bob Larsen", "Oslo", 9000),
                          ("大卫", "上海", 5000), ("Chloé Dubois", "Leeds", 0)):
    if Customer.objects.filter(brand=shop, name=name).exists():
        continue
    person = make_customer(brand=shop, name=name, city=city, since=now - timedelta(days=90))
    if spent:
        make_order(brand=shop, customer=person, at=now - timedelta(days=5),
                   lines=[("sencha", 1, spent)])
"""


@pytest.fixture
def brand(shop: Shop, language: str) -> str:
    slug = f"segments-{language}"
    shop.regulars("manage", "shell", "--command", PEOPLE.format(brand=slug))
    return slug


def _do(page: Page, step: str) -> None:
    """Press a button of the builder, opening the menu it is in."""
    button = page.locator(f"button[name=do][value='{step}']")
    menu = page.locator(f"[popovertarget]:has(+ .panel button[value='{step}'])")
    if menu.count():
        menu.click()
    button.click()


def _counts(page: Page, people: int) -> None:
    expect(page.locator("#people")).to_have_text(str(people), timeout=PATIENCE)


def _await_facts(page: Page, brand: str) -> None:
    """Wait until the lake knows the people: an empty group of everybody counts them."""
    page.goto(f"/b/{brand}/segments/new/")
    _do(page, "add:n1:identifier")
    expect(page.locator("#n2")).to_be_visible()
    for _turn in range(60):
        page.locator("#name").fill(f"{_turn}")
        page.locator("#name").press("Tab")
        page.wait_for_timeout(1500)
        told = page.locator(".reach dt").first
        if told.count() and re.search(r"\b4\b", told.inner_text()):
            return
    pytest.fail("The facts did not arrive in the lake.")


def _shown(rows: Locator) -> set[str]:
    return {row.inner_text() for row in rows.all()}


def test_a_nested_segment_is_built_explained_saved_and_found(
    signed_in: Page, brand: str, language: str
) -> None:
    page = signed_in
    _await_facts(page, brand)
    page.goto(f"/b/{brand}/segments/")
    page.locator(f"main .head a[href='/b/{brand}/segments/new/']").click()
    assert str(page.locator("html").get_attribute("lang")).lower().startswith(language[:2])

    _do(page, "add:n1:orders")
    expect(page.locator("#n2-about")).to_be_focused()
    page.locator("#n2-value").fill("40")
    _counts(page, 2)
    page.locator("#n2-value").fill("20")
    _counts(page, 3)

    _do(page, "add:n1:place")
    page.locator("#n3-value").fill("Leeds")
    page.locator("#n3-value").press("Enter")
    _counts(page, 1)
    _do(page, "negate:n3")
    _counts(page, 2)
    expect(page.locator("[data-match=none] #n3")).to_be_visible()
    sentence = page.locator(f".sentences p[lang={language}]")
    expect(sentence).to_contain_text({"en": "not: city is Leeds", "zh-hans": "Leeds"}[language])

    page.locator("#undo").click()
    _counts(page, 1)
    page.locator("#redo").click()
    _counts(page, 2)

    page.locator("#name").fill("近来的 & others")
    page.locator("#name").press("Tab")
    page.wait_for_url(re.compile("name="))
    person = page.locator(".sampled a").first
    name = person.inner_text()
    person.click()
    expect(page.locator("h1")).to_contain_text(name)
    expect(page.locator(".reasons > li")).to_have_attribute("data-holds", "yes")
    expect(page.locator(".reasons [data-holds=no]")).to_have_count(1)
    page.go_back()
    expect(page.locator("#name")).to_have_value("近来的 & others")
    _counts(page, 2)

    page.locator("#save").click()
    page.wait_for_url(re.compile(rf"/b/{brand}/segments/\d+/$"))
    expect(page.locator("h1")).to_have_text("近来的 & others")
    number = page.url.rstrip("/").rsplit("/", 1)[1]
    listing = f"/b/{brand}/customers/?segment={number}"
    rows = page.locator("main table tbody tr a[href*='/customers/cus_']")
    for _turn in range(60):
        page.goto(listing)
        if rows.count() == 2:
            break
        page.wait_for_timeout(1500)
    assert _shown(rows) == {"Bob Larsen", "大卫"}


def test_what_makes_no_sense_is_told_at_its_node_and_not_lost(signed_in: Page, brand: str) -> None:
    page = signed_in
    page.goto(f"/b/{brand}/segments/new/")
    page.locator("#name").fill("Nonsense")
    _do(page, "add:n1:orders")
    page.locator("#n2-window").select_option("fixed")
    page.locator("#n2-window-from").fill("2026-05-01")
    page.locator("#n2-window-to").fill("2026-04-01")
    page.locator("#n2-value").fill("12.345")
    problems = page.locator("#n2-told .problem")
    expect(problems).to_have_count(2, timeout=PATIENCE)
    page.goto(f"/b/{brand}/segments/")
    page.go_back()
    expect(page.locator("#name")).to_have_value("Nonsense")
    expect(page.locator("#n2-value")).to_have_value("12.345")
    expect(page.locator("#n2-window-to")).to_have_value("2026-04-01")
    expect(problems).to_have_count(2)


def test_steps_clicked_while_one_is_under_way_are_all_taken_in_order(
    signed_in: Page, brand: str
) -> None:
    page = signed_in
    page.goto(f"/b/{brand}/segments/new/")
    posted: list[Route] = []

    def hold_the_first(route: Route) -> None:
        posted.append(route)
        if len(posted) > 1:
            route.continue_()

    page.route("**/segments/draft/", hold_the_first)
    for family in ("orders", "place", "identifier"):
        page.locator(f"button[name=do][value='add:n1:{family}']").click()
    page.wait_for_timeout(300)
    assert len(posted) == 1
    posted[0].continue_()
    expect(page.locator("#n4")).to_be_visible(timeout=PATIENCE)
    families = page.locator("#tree input[type=hidden][name$='.condition']")
    assert [one.get_attribute("value") for one in families.all()] == [
        "orders",
        "place",
        "identifier",
    ]
