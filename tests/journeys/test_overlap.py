"""Laying segments over each other, without a mouse: who is in both, who in one alone."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import Shop

pytestmark = pytest.mark.browser

MADE = """
from datetime import timedelta
from django.utils import timezone
from regulars.differentiate.segments.public import Segment, make_segment, refresh_segments
from regulars.lake.public import catch_up
from regulars.organization.public import Brand
from tests.people import make_customer, make_order
shop, now = Brand.objects.get(slug={brand!r}), timezone.now()
for name, city, spent in (("Alice Moreau", "Leeds", 3000), ("Bob Larsen", "Oslo", 9000),
                          ("大卫", "上海", 9000), ("Chloé Dubois", "Leeds", 0)):
    person = make_customer(brand=shop, name=name, city=city, since=now - timedelta(days=90))
    if spent:
        make_order(brand=shop, customer=person, at=now - timedelta(days=5),
                   lines=[("sencha", 1, spent)])
sums = {{"condition": "orders", "about": "amount.sum", "is": "at_least"}}
for name, match in (
    ("Leeds", {{"condition": "place", "about": "city", "is": "one_of", "value": ["Leeds"]}}),
    ("买过的人", {{**sums, "value": 1}}),
    ("Spent 80 & more", {{**sums, "value": 8000}}),
):
    make_segment(brand=shop, name=name, tree={{"version": 1, "match": match}}, by=None, now=now)
catch_up()
refresh_segments(brand=shop, now=now)
"""
SEVERAL = {
    "en": ("1 of 4 people are in more than one of them", "3 of 4 people"),
    "zh-hans": ("4 人中有 1 人", "4 人中有 3 人"),
}


@pytest.fixture
def brand(shop: Shop, language: str) -> str:
    slug = f"overlap-{language}"
    shop.regulars("manage", "shell", "--command", MADE.format(brand=slug))
    shop.regulars("metrics", "--brand", slug)
    return slug


def _reach(page: Page, wanted: Locator) -> None:
    """Press Tab until something has the focus."""
    for _press in range(150):
        page.keyboard.press("Tab")
        if wanted.evaluate("one => one === document.activeElement"):
            return
    pytest.fail("The keyboard does not get there.")


def _press(page: Page, wanted: Locator, key: str = "Enter") -> None:
    _reach(page, wanted)
    page.keyboard.press(key)


def test_segments_are_laid_over_each_other_by_keyboard(
    signed_in: Page, brand: str, language: str, tmp_path: Path
) -> None:
    page = signed_in
    page.goto(f"/b/{brand}/segments/")
    for name in ("Leeds", "买过的人"):
        _press(page, page.get_by_role("checkbox", name=name), "Space")
    _press(page, page.locator("main form button").last)
    page.wait_for_url("**/segments/overlap/**")
    chart = page.locator("r-chart[data-drawn]")
    expect(chart).to_be_visible()
    expect(page.locator("main")).to_contain_text(SEVERAL[language][0])

    _press(page, page.get_by_role("checkbox", name="Spent 80 & more"), "Space")
    _press(page, page.locator("main form[method=get] button").last)
    expect(page.locator("main")).to_contain_text(SEVERAL[language][1])
    parts = page.locator("table[data-rows] tbody tr")
    expect(parts).to_have_count(3)
    assert page.locator("main [data-heat]").count() == 6

    both = parts.filter(has_text="Spent 80 & more")
    _press(page, both.locator("a"))
    page.wait_for_url("**/customers/**")
    rows = page.locator("main table tbody tr a[href*='/customers/cus_']")
    expect(rows).to_have_count(2)
    assert {row.inner_text() for row in rows.all()} == {"Bob Larsen", "大卫"}
    page.go_back()

    _press(page, page.locator("main .head .menu button, main .menu .button").first)
    with page.expect_download() as taken:
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
    file = tmp_path / "overlap.csv"
    taken.value.save_as(file)
    assert len(file.read_text("utf-8-sig").splitlines()) == 4
    page.keyboard.press("Escape")

    _press(page, both.get_by_role("button"))
    page.wait_for_url(re.compile(rf"/b/{brand}/segments/\d+/$"))
    expect(page.locator("h1")).to_contain_text("Spent 80 & more")
    expect(page.locator("h1")).to_contain_text("买过的人")

    page.set_viewport_size({"width": 390, "height": 844})
    page.go_back()
    for place in ("input[name=segment] + label", ".crumbs li", ".list a"):
        named = page.locator(place).first
        named.evaluate("one => { one.textContent = 'n'.repeat(120) }")
    assert page.evaluate("document.documentElement.scrollWidth") == 390
