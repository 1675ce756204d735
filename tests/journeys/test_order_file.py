"""From a file of orders to one customer: what a shopkeeper does on the first day."""

import csv
import gzip
import re
import time
from itertools import islice
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.browser

FILE = Path(__file__).parents[3] / "shared/data/online_retail/online_retail.csv.gz"
LINES = 20_000
ROWS = 50
UNTIL_COUNTED = 180


@pytest.fixture
def brand(language: str) -> str:
    return f"gifts-{language}"


@pytest.fixture
def orders(tmp_path: Path) -> Path:
    if not FILE.exists():
        pytest.skip(f"The real file of orders is not at {FILE}.")
    path = tmp_path / "orders.csv"
    with gzip.open(FILE, "rt", encoding="utf-8", newline="") as packed:
        path.write_text("".join(islice(packed, LINES + 1)), encoding="utf-8", newline="")
    return path


def _buyers(orders: Path) -> set[str]:
    """Everybody who is named in the file, taken from it without the product."""
    with orders.open(encoding="utf-8", newline="") as file:
        return {row["CustomerID"] for row in csv.DictReader(file) if row["CustomerID"]}


def _number(place: Locator) -> int:
    found = re.search(r"\d[\d,]*", place.inner_text())
    assert found, place.inner_text()
    return int(found[0].replace(",", ""))


def _people(page: Page) -> int:
    return sum(_number(cell) for cell in page.locator(".board a.cell > b").all())


def _bring_in(page: Page, brand: str, orders: Path) -> None:
    page.goto(f"/b/{brand}/imports/")
    page.locator(f"main .head a[href='/b/{brand}/imports/new/']").click()
    page.locator("[name=kind]").select_option("orders")
    page.locator("input[type=file]").set_input_files(orders)
    page.locator("main form.form button[type=submit]").click()
    page.wait_for_url("**/imports/*/columns/")
    page.locator("main form.form button[type=submit]").click()
    written = page.locator("main form[action$='/run/'] button[type=submit]")
    expect(written).to_be_visible(timeout=UNTIL_COUNTED * 1000)
    written.click()
    expect(written).to_have_count(0)
    expect(page.locator("main .figure").first).to_be_visible(timeout=UNTIL_COUNTED * 1000)


def _open_when_counted(page: Page, brand: str) -> None:
    until = time.monotonic() + UNTIL_COUNTED
    page.goto(f"/b/{brand}/board/")
    while not page.locator(".board").count() and time.monotonic() < until:
        page.wait_for_timeout(1000)
        page.reload()
    expect(page.locator(".board a.cell")).to_have_count(16)


def test_a_file_of_orders_leads_to_one_customer(
    signed_in: Page, orders: Path, language: str, brand: str
) -> None:
    page, buyers = signed_in, _buyers(orders)
    _bring_in(page, brand, orders)
    figures = page.locator("main .figure b")
    assert _number(figures.nth(0)) == LINES
    assert _number(figures.nth(3)) == len(buyers)

    _open_when_counted(page, brand)
    assert str(page.locator("html").get_attribute("lang")).lower().startswith(language[:2])
    assert _people(page) + _number(page.locator(".board + * + p")) == len(buyers)

    look = page.locator(f"form[action='/b/{brand}/standpoint/']:has(input[value='2010-12-09'])")
    look.locator("button").click()
    expect(look).to_have_count(0)
    expect(page.locator(f"form[action='/b/{brand}/standpoint/'] input[value='']")).to_have_count(1)
    assert _people(page) + _number(page.locator(".board + * + p")) == len(buyers)

    fullest = max(page.locator(".board a.cell").all(), key=lambda cell: _number(cell.locator("b")))
    people = _number(fullest.locator("b"))
    fullest.click()
    page.wait_for_url(re.compile(rf"/b/{brand}/customers/\?cell=."))
    listing, rows = page.url, page.locator("main table tbody tr")
    expect(rows).to_have_count(min(people, ROWS))
    expect(page.locator("select[name=cell]")).to_have_value(listing.rsplit("cell=")[1])

    first = rows.first.get_by_role("link")
    name = first.inner_text()
    first.click()
    page.wait_for_url(f"**/b/{brand}/customers/cus_*/")
    expect(page.locator("h1")).to_have_text(name)
    expect(page.locator("#figures .figure b").first).to_be_visible()
    expect(page.locator("#told")).to_contain_text("£")

    page.go_back()
    page.wait_for_url(listing)
    expect(rows.first.get_by_role("link")).to_have_text(name)
