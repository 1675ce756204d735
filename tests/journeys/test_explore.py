"""Explore as an analyst uses it: from a measure to the people behind it, kept and taken away."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import Shop

pytestmark = pytest.mark.browser

MADE = """
from django.utils import timezone
from regulars.differentiate.segments.public import make_segment, refresh_segments
from regulars.organization.public import Brand
brand, now = Brand.objects.get(slug="plain"), timezone.now()
often = {"condition": "metric", "about": "visits", "is": "at_least", "value": 3}
make_segment(brand=brand, name="Often", tree={"version": 1, "match": often}, by=None, now=now)
refresh_segments(brand=brand, now=now)
"""
SAVED = {"en": "Often, by weekday", "zh-hans": "常来的人，按星期"}


@pytest.fixture(scope="module")
def plain(shop: Shop) -> Iterator[str]:
    """A small simulated shop, counted, with one segment."""
    shop.regulars("simulate", "--brand", "plain", "--size", "300", "--years", "1")
    shop.regulars("metrics", "--brand", "plain")
    shop.regulars("manage", "shell", "--command", MADE)
    return "plain"


def _number(place: Locator) -> int:
    found = re.search(r"\d[\d,]*", place.inner_text())
    assert found, place.inner_text()
    return int(found[0].replace(",", ""))


def test_a_measure_leads_to_people_and_is_kept(signed_in: Page, plain: str, language: str) -> None:
    page = signed_in
    page.goto(f"/b/{plain}/explore/?measure=customers&by=weekday&period=all&show=bars")
    chart = page.locator("#answer r-chart[data-drawn]")
    expect(chart).to_be_visible()
    whole = page.locator("#answer tfoot td.num").first
    everybody = _number(whole)

    page.locator("#ask summary").last.click()
    often = page.locator("#where option", has_text="Often").get_attribute("value")
    page.locator("#where").select_option(often)
    page.locator(f"input[name=pick][value='{often}:in']").check()
    expect(page.locator("#answer .chip")).to_contain_text("Often")
    expect(whole).not_to_have_text(f"{everybody:,}")
    narrowed = _number(whole)
    assert 0 < narrowed < everybody
    assert "pick=" in page.url

    page.locator("#answer .more").get_by_role("button").last.click()
    with page.expect_download() as picture:
        page.locator("[data-picture]").click()
    assert picture.value.path().read_bytes().startswith(b"\x89PNG")
    page.locator("#answer .more").get_by_role("button").last.click()
    with page.expect_download() as file:
        page.locator("#answer a[href*='format=csv']").click()
    assert len(file.value.path().read_text("utf-8-sig").splitlines()) == 8

    page.locator("#answer .more").get_by_role("button").first.click()
    page.locator("#save_name").fill(SAVED[language])
    page.locator("form[action*='/explore/questions/'] button").last.click()
    page.goto(f"/b/{plain}/explore/questions/")
    page.get_by_role("link", name=SAVED[language]).click()
    expect(page.locator("#answer tfoot td.num").first).to_have_text(f"{narrowed:,}")

    page.locator("#answer tfoot td.num a").first.click()
    page.wait_for_url(f"**/b/{plain}/explore/people/**")
    people = page.locator("main tbody tr")
    expect(people).to_have_count(min(100, narrowed))
    name = people.first.get_by_role("link").inner_text()
    people.first.get_by_role("link").click()
    expect(page.locator("h1")).to_have_text(name)
    expect(page.locator("#figures .figure b").first).to_be_visible()


def test_a_heat_map_and_a_triangle_are_pictures_too(signed_in: Page, plain: str) -> None:
    page = signed_in
    for address, table in (
        ("?measure=customers&by=weekday&by=month&period=all&show=heat", "#answer-table"),
        ("retention/", "#triangle"),
    ):
        page.goto(f"/b/{plain}/explore/{address}")
        shown = page.locator(table).bounding_box()
        assert shown
        page.locator("main .more").get_by_role("button").last.click()
        with page.expect_download() as taken:
            page.locator("[data-picture]").click()
        picture = taken.value.path().read_bytes()
        assert picture.startswith(b"\x89PNG")
        wide = int.from_bytes(picture[16:20])
        assert abs(wide - 2 * (shown["width"] + 32)) <= 2
