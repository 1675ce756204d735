"""What the console's own scripts do, in a real browser, at one shop for all."""

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


@pytest.fixture
def language() -> str:
    return "en"


def _ground(page: Page) -> str:
    return str(page.evaluate("getComputedStyle(document.documentElement).backgroundColor"))


def test_a_person_chooses_the_dark_and_charts_follow(signed_in: Page) -> None:
    page = signed_in
    page.goto("/ui/")
    chart = page.locator("r-chart[data-drawn]").first
    expect(chart.locator("svg")).to_be_visible()
    light, drawn = _ground(page), chart.locator(".plot").inner_html()
    page.locator("r-theme button[value=dark]").click()
    assert _ground(page) != light
    assert chart.locator(".plot").inner_html() != drawn
    page.reload()
    assert _ground(page) != light
    expect(page.locator("r-theme button[value=dark]")).to_have_attribute("aria-pressed", "true")
    page.locator("r-theme button").first.click()
    assert _ground(page) == light


def test_the_figures_of_a_chart_can_be_read(signed_in: Page) -> None:
    page = signed_in
    page.goto("/ui/")
    figure = page.locator("figure").first
    expect(figure.get_by_role("table")).to_be_hidden()
    figure.locator("summary").press("Enter")
    expect(figure.get_by_role("table")).to_be_visible()
    expect(figure.get_by_role("row")).to_have_count(15)


def test_panels_open_beside_their_button_and_close_again(signed_in: Page) -> None:
    page = signed_in
    opener = page.locator("[popovertarget=account-panel]")
    panel = page.locator("#account-panel")
    opener.click()
    expect(panel).to_be_visible()
    box, button = panel.bounding_box(), opener.bounding_box()
    assert box
    assert button
    assert box["y"] >= button["y"] + button["height"]
    assert box["x"] + box["width"] <= 1280
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(opener).to_be_focused()


def test_a_dialog_takes_the_focus_and_gives_it_back(signed_in: Page) -> None:
    page = signed_in
    page.goto("/ui/")
    opener = page.locator("[data-dialog=example]")
    opener.click()
    dialog = page.locator("dialog#example")
    expect(dialog).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(opener).to_be_focused()


def test_a_customer_is_found_without_the_mouse(signed_in: Page) -> None:
    page = signed_in
    page.goto("/b/shop/customers/new/")
    name = page.locator("input[name=name]")
    name.fill("Alice Moreau")
    name.press("Enter")
    page.wait_for_url("**/customers/cus_*/")
    page.goto("/b/shop/")
    page.keyboard.press("/")
    box = page.get_by_role("combobox")
    expect(box).to_be_focused()
    page.keyboard.type("ali")
    expect(page.get_by_role("option")).to_have_count(1)
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("option")).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    page.wait_for_url("**/customers/cus_*/")
    expect(page.locator("h1")).to_contain_text("Alice Moreau")


def test_on_a_phone_every_page_is_two_taps_away(signed_in: Page) -> None:
    page = signed_in
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/b/shop/")
    rail = page.locator("#rail")
    expect(rail).to_be_hidden()
    page.locator("[popovertarget=rail]").click()
    expect(rail).to_be_visible()
    rail.get_by_role("link").last.click()
    page.wait_for_url("**/settings/")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
