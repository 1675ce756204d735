"""Exports as shops give them, oddities and all; the figures were counted by other means."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Sum

from regulars.identify.commerce.public import Line, Order, Refund, RefundLine, RefundMatch
from regulars.identify.customers.public import Customer
from regulars.identify.intake.public import PRESETS, FileRefused
from tests.cast import make_brand

FILES = Path(__file__).parent / "files"


@dataclass(frozen=True, kw_only=True)
class Shop:
    """An export, and what is in it."""

    preset: str
    encoding: str
    currency: str
    rows: int
    orders: int
    lines: int
    net: int
    people: int
    refunds: int
    refund_lines: int
    refunded: int
    refused: dict[str, int]
    left_out: dict[str, int]


SHOPS = (
    Shop(
        preset="shopify", encoding="utf-8", currency="EUR", rows=50, orders=25, lines=44,
        net=150_301, people=6, refunds=3, refund_lines=3, refunded=8_590,
        refused={"figure_unreadable": 1, "order_incomplete": 1}, left_out={"not_paid": 4},
    ),
    Shop(
        preset="woocommerce", encoding="utf-8", currency="EUR", rows=37, orders=20, lines=32,
        net=107_640, people=5, refunds=1, refund_lines=1, refunded=300,
        refused={}, left_out={"not_paid": 4, "came_back": 1},
    ),
    Shop(
        preset="square", encoding="cp1252", currency="USD", rows=35, orders=23, lines=32,
        net=764_455, people=3, refunds=2, refund_lines=2, refunded=5_520,
        refused={"figure_unreadable": 1}, left_out={},
    ),
    Shop(
        preset="taobao", encoding="gb18030", currency="CNY", rows=34, orders=30, lines=30,
        net=475_769, people=4, refunds=2, refund_lines=2, refunded=17_788,
        refused={"figure_unreadable": 1}, left_out={"not_paid": 3},
    ),
    Shop(
        preset="youzan", encoding="gb18030", currency="CNY", rows=38, orders=21, lines=32,
        net=422_150, people=4, refunds=2, refund_lines=3, refunded=8_060,
        refused={"figure_unreadable": 1, "order_incomplete": 1}, left_out={"not_paid": 4},
    ),
)  # fmt: skip


def exported(shop):
    return (FILES / f"{shop.preset}.csv").read_text(encoding="utf-8").encode(shop.encoding)


def brand_of(shop, timezone="Europe/London"):
    return make_brand(slug=shop.preset, currency=shop.currency, timezone=timezone)


@pytest.mark.django_db
@pytest.mark.parametrize("shop", SHOPS, ids=lambda shop: shop.preset)
def test_an_export_is_recognized_and_comes_in_to_the_cent_and_only_once(bring_in, shop):
    brand = brand_of(shop)

    imported = bring_in(exported(shop), brand=brand, name=f"{shop.preset}.csv")

    counts = imported.counts
    assert imported.preset == imported.source == shop.preset
    assert counts["lines"] == shop.rows
    assert counts["refused_reasons"] == shop.refused
    assert counts["left_out"] == shop.left_out
    assert counts["orders"] == Order.objects.count() == shop.orders
    assert Line.objects.count() == shop.lines
    assert _sum(Order, "net_minor") == _sum(Line, "amount_minor") == shop.net
    assert Customer.objects.count() == shop.people
    assert Refund.objects.count() == shop.refunds
    assert RefundLine.objects.count() == shop.refund_lines
    assert _sum(RefundLine, "amount_minor") == _sum(Refund, "amount_minor") == shop.refunded
    assert _sum(RefundMatch, "amount_minor") == shop.refunded
    assert counts["unmatched_refund_lines"] == 0

    again = bring_in(exported(shop), brand=brand).counts
    assert again["unchanged_orders"] == shop.orders
    assert again["unchanged_refunds"] == shop.refunds


def _sum(model, field):
    return model.objects.aggregate(sum=Sum(field))["sum"]


@pytest.mark.django_db
def test_every_row_of_a_till_is_read_by_the_clock_it_names(bring_in):
    square = SHOPS[2]

    bring_in(exported(square), brand=brand_of(square, timezone="America/New_York"))

    late = Order.objects.get(number="TxLateKJ9sQ2")
    assert late.occurred_at == datetime(2026, 3, 9, 6, 30, tzinfo=UTC)
    assert late.placed_on == date(2026, 3, 9)


@pytest.mark.django_db
def test_a_file_of_other_money_than_the_brand_is_refused(bring_in, teahouse):
    with pytest.raises(FileRefused, match="CNY"):
        bring_in(exported(SHOPS[3]))

    assert not Order.objects.exists()


@pytest.mark.django_db
def test_a_preset_may_be_named_for_a_file_it_does_not_recognize(bring_in, teahouse):
    header, *rows = exported(SHOPS[0]).decode().replace("EUR", "GBP").split("\n")
    renamed = header.replace("Financial Status", "State").replace("Lineitem quantity", "Pieces")

    said = bring_in("\n".join([renamed, *rows]), preset="shopify", mapping={"quantity": "Pieces"})

    assert said.preset == "shopify"
    assert said.counts["orders"] == 27  # without the status, the two that were never paid, too


def test_the_browser_recognizes_an_export_and_offers_the_others(sign_in, dan):
    file = SimpleUploadedFile("orders.csv", exported(SHOPS[0]))
    browser = sign_in(dan)

    page = browser.post("/b/teahouse/imports/new/", {"kind": "orders", "file": file}, follow=True)

    form = page.context["form"]
    assert form["preset"].value() == "shopify"
    orders = {key for key, preset in PRESETS.items() if preset.kind == "orders"}
    assert {key for key, _ in form.fields["preset"].choices} == {"", *orders}


@pytest.mark.django_db
def test_there_is_no_preset_of_that_name(bring_in, teahouse):
    with pytest.raises(FileRefused, match="shopify"):
        bring_in(exported(SHOPS[0]), preset="magento")
