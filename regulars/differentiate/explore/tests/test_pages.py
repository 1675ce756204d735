"""Explore as staff use it: ask, look, open a figure, take an answer away."""

import re
from datetime import timedelta
from html import unescape
from io import BytesIO

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from regulars.differentiate.explore.catalogue import dimensions, measures
from regulars.differentiate.explore.question import MOST_CONDITIONS, why_not
from regulars.differentiate.metrics.public import compute
from regulars.differentiate.segments.public import make_segment, refresh_segments
from regulars.identify.commerce.public import Product
from regulars.identify.customers.public import Customer
from regulars.lake.public import catch_up, reading_once
from regulars.organization.public import AuditAction, AuditEntry
from tests.people import NOW, make_customer, make_order

pytestmark = pytest.mark.django_db(transaction=True)
ALL = {"period": "all", "top": "10"}
HTMX = {"headers": {"HX-Request": "true"}}
READS = {"version": 1, "match": {"condition": "profile", "about": "language", "is": "known"}}


def at(page, brand="teahouse"):
    return reverse(f"explore:{page}", args=[brand])


def said(answer):
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def shop(lake, teahouse, bakery, soho, camden):
    """Alice, twice at Soho; Bob, once at Camden; a stranger at Soho; and Eve, at the bakery."""
    alice = make_customer(brand=teahouse, name="Alice Moreau", branch=soho, city="Leeds")
    bob = make_customer(brand=teahouse, name="Bob Larsen", branch=camden, city="Oslo")
    eve = make_customer(brand=bakery, name="Eve Martin", city="Leeds")
    for who, branch, back, lines in (
        (alice, soho, 40, [("sencha", 2, 5000), ("cup", 1, 1000)]),
        (alice, soho, 5, [("sencha", 1, 2500)]),
        (bob, camden, 5, [("sencha", 1, 2500)]),
        (None, soho, 3, [("cup", 1, 900)]),
    ):
        make_order(brand=teahouse, customer=who, branch=branch, lines=lines,
                   channel="web" if back == 40 else "store",
                   at=NOW - timedelta(days=back))  # fmt: skip
    make_order(brand=bakery, customer=eve, lines=[("rye", 1, 70000)])
    catch_up()
    compute(brand=teahouse, as_of=NOW.date())
    compute(brand=bakery, as_of=NOW.date())
    return teahouse


def test_the_first_page_asks_something_useful(shop, dan, sign_in):
    text = said(sign_in(dan).get(at("explore"), {"measure": "net_revenue", "by": "month", **ALL}))
    assert "£119" in text
    assert "Nov 2025" in text
    assert "700" not in text.replace("5700", "")


def test_orders_by_product_count_each_order_once_in_the_whole(shop, dan, sign_in):
    text = said(sign_in(dan).get(at("explore"), {"measure": "orders", "by": "product", **ALL}))
    table = text[text.index("<tbody>") : text.index("</tfoot>")]
    assert table.index("Sencha") < table.index("Cup")
    foot = table[table.index("<tfoot>") :]
    assert ">4<" in foot


def test_what_cannot_be_split_is_refused_with_its_reason(shop, dan, sign_in):
    visitor = sign_in(dan)
    answer = visitor.get(at("explore"), {"measure": "average_order", "by": "product", **ALL})
    assert answer.status_code == 422
    assert "its size belongs to none of them" in answer.content.decode()
    nonsense = visitor.get(at("explore"), {"measure": "orders", "only": "weekday:monday", **ALL})
    assert nonsense.status_code == 422


def test_a_fragment_is_only_the_answer(shop, dan, sign_in):
    asked = {"measure": "net_revenue", "by": ["branch", "channel"], "show": "heat", **ALL}
    text = sign_in(dan).get(at("explore"), asked, headers={"HX-Request": "true"}).content.decode()
    assert text.lstrip().startswith('<div id="answer"')
    assert 'data-heat="20"' in text


def test_a_figure_opens_down_to_people_and_orders(shop, dan, sign_in):
    visitor = sign_in(dan)
    sencha = Product.objects.get(brand=shop, sku="sencha")
    asked = {"measure": "net_revenue", "only": f"product:{sencha.pk}", **ALL}
    text = said(visitor.get(at("people"), asked))
    assert text.index("Alice Moreau") < text.index("Bob Larsen")
    assert "£75.00" in text
    assert "Leeds" not in text
    orders = said(visitor.get(at("orders"), asked))
    assert orders.count('<th scope="row"') == 3
    everything = said(visitor.get(at("people"), {"measure": "net_revenue", **ALL}))
    assert "people nobody knows" in everything


def test_values_are_chosen_and_not_typed(shop, dan, ben, sign_in):
    visitor = sign_in(dan)
    found = said(visitor.get(at("explore"), {"measure": "net_revenue", "where": "city", **ALL}))
    for value in ("city:Leeds", "city:Oslo"):
        assert f'<input type="checkbox" name="pick" value="{value}"' in found
    some = said(visitor.get(at("values"), {"where": "city", "called": "lee"}, **HTMX))
    assert "city:Leeds" in some
    assert "city:Oslo" not in some
    theirs = said(sign_in(ben).get(at("values"), {"where": "city"}, **HTMX))
    assert "city:Oslo" not in theirs
    assert "checkbox" not in said(visitor.get(at("values"), {"where": "nonsense"}, **HTMX))


def test_every_dimension_offers_values(shop, dan, sign_in):
    make_segment(brand=shop, name="Readers", tree=READS, by=dan, now=NOW)
    refresh_segments(brand=shop, now=NOW)
    visitor, taken = sign_in(dan), []
    with reading_once():
        for key, dimension in dimensions(brand=shop).items():
            if dimension.offered:
                text = said(visitor.get(at("values"), {"where": key}, **HTMX))
                for found in re.findall(r'name="pick" value="([^"]*)"', text)[:1]:
                    value = unescape(found)
                    if not why_not(measures()["customers"], dimension):
                        taken.append(value)
                    else:
                        assert narrowed(visitor, [value]).status_code == 422, value
        for start in range(0, len(taken), MOST_CONDITIONS):
            assert narrowed(visitor, taken[start : start + MOST_CONDITIONS]).status_code == 200


def narrowed(visitor, values):
    asked = {"measure": "customers", "only": values, **ALL}
    return visitor.get(at("explore"), asked, **HTMX)


def test_ticks_narrow_or_leave_out_and_are_kept(shop, dan, sign_in):
    visitor = sign_in(dan)
    asked = {"measure": "customers", "where": "city", "pick": "city:Leeds", **ALL}
    assert visitor.get(at("explore"), asked).context["whole"]["figures"][0]["text"] == "1"
    without = visitor.get(at("explore"), {**asked, "verb": "not"})
    assert without.context["whole"]["figures"][0]["text"] == "1"
    assert "≠ Leeds" in without.content.decode()
    other = said(visitor.get(at("values"), {**asked, "verb": "not", "where": "cell"}, **HTMX))
    assert '<input type="hidden" name="not" value="city:Leeds">' in other
    searched = said(visitor.get(at("values"), {**asked, "called": "oslo"}, **HTMX))
    assert '<input type="hidden" name="pick" value="city:Leeds">' in searched


def test_those_behind_a_figure_come_a_page_at_a_time(shop, dan, sign_in, monkeypatch):
    monkeypatch.setattr("regulars.differentiate.explore.staff.opened.SHOWN", 1)
    visitor, asked = sign_in(dan), {"measure": "net_revenue", **ALL}
    seen, page = [], 1
    while True:
        answer = visitor.get(at("people"), {**asked, "page": page})
        seen += [row["name"] for row in answer.context["rows"]]
        if not answer.context["next"]:
            break
        page += 1
    assert seen == ["Alice Moreau", "Bob Larsen", "people nobody knows"]
    assert visitor.get(at("people"), {**asked, "page": "x"}).context["previous"] == ""


def test_analysts_read_masked_names(shop, ana, sign_in):
    text = said(sign_in(ana).get(at("people"), {"measure": "visits", **ALL}))
    assert "A•••" in text
    assert "Moreau" not in text


def test_a_branch_manager_sees_the_customers_of_the_branch(shop, ben, sign_in):
    visitor = sign_in(ben)
    text = said(visitor.get(at("explore"), {"measure": "net_revenue", "by": "city", **ALL}))
    assert "Leeds" in text
    assert "Oslo" not in text
    assert "£94" in text  # Alice's, and the stranger's at Soho
    assert "Only customers at home in your branches" in text
    assert "Bob" not in said(visitor.get(at("people"), {"measure": "net_revenue", **ALL}))
    assert visitor.get(at("file")).status_code == 403


def test_answers_can_be_taken_away(shop, dan, sign_in):
    visitor = sign_in(dan)
    asked = {"measure": ["net_revenue", "refund_rate"], "by": "channel", **ALL}
    file = visitor.get(at("file"), asked)
    lines = b"".join(file.streaming_content).decode("utf-8-sig").splitlines()
    assert lines == ["Channel,Net revenue (GBP),Refund rate", "web,60.0,0.0", "store,59.0,0.0"]
    sheet = visitor.get(at("file"), {**asked, "format": "xlsx"})
    book = CalamineWorkbook.from_filelike(BytesIO(sheet.content))
    assert book.get_sheet_by_index(0).to_python()[1] == ["web", 60.0, 0.0]
    assert AuditEntry.objects.filter(action=AuditAction.EXPORT).count() == 2


def test_every_way_of_showing_has_a_picture(shop, dan, sign_in):
    visitor = sign_in(dan)
    for show, by, named in (
        ("table", ["channel"], "answer-table"),
        ("bars", ["channel"], "answer-chart"),
        ("heat", ["channel", "branch"], "answer-table"),
    ):
        asked = {"measure": "net_revenue", "by": by, "show": show, **ALL}
        text = said(visitor.get(at("explore"), asked))
        assert f'data-picture="{named}"' in text
        assert f'id="{named}"' in text


def test_retention_says_whom_it_does_not_list_and_can_be_taken_away(
    shop, dan, ben, sign_in, monkeypatch
):
    for back, name in ((400, "Chlo\u00e9"), (370, "Bob the younger")):
        person = make_customer(brand=shop, name=name)
        make_order(brand=shop, customer=person, at=NOW - timedelta(days=back))
    catch_up()
    compute(brand=shop, as_of=NOW.date())
    visitor = sign_in(dan)
    text = said(visitor.get(at("retention")))
    assert "older cohort" not in text
    monkeypatch.setattr("regulars.differentiate.explore.staff.retention.ROWS", 2)
    text = said(visitor.get(at("retention")))
    assert "2 older cohorts with 2 people are not listed" in text
    assert text.count('<th scope="row">') == 3
    assert "One more with" in said(visitor.get(at("retention"), {"start": "home_branch"}))
    file = visitor.get(at("retention_file"), {"start": "cohort", "unit": "month"})
    lines = b"".join(file.streaming_content).decode("utf-8-sig").splitlines()
    assert lines[0] == "began,steps_after,began_people,came_people,share,value,currency"
    assert lines[1].startswith("Oct 2024,0,1,1,1.0,")
    sheet = visitor.get(at("retention_file"), {"start": "first_branch", "format": "xlsx"})
    book = CalamineWorkbook.from_filelike(BytesIO(sheet.content))
    assert "Soho" in {row[0] for row in book.get_sheet_by_index(0).to_python()}
    assert AuditEntry.objects.filter(action=AuditAction.EXPORT).count() == 2
    assert sign_in(ben).get(at("retention_file")).status_code == 403


def test_a_brand_without_figures_is_told_when_they_come(lake, teahouse, dan, sign_in):
    visitor = sign_in(dan)
    assert "Nothing has been counted yet" in said(visitor.get(at("explore")))
    catch_up()
    compute(brand=teahouse, as_of=NOW.date())
    assert "Nothing like this has happened" in said(visitor.get(at("explore")))


def test_no_discount_is_a_share_too_and_no_model_is_not_nothing(shop, dan, sign_in):
    visitor = sign_in(dan)
    page = said(visitor.get(at("explore"), {"measure": "discount_share", "by": "city", **ALL}))
    assert "0.0 %" in page
    page = said(visitor.get(at("explore"), {"measure": "expected_value", "by": "cell", **ALL}))
    assert "Nothing like this has happened" not in page


@pytest.mark.parametrize("value", ["9" * 25, "-" + "9" * 25, "soho"])
def test_a_number_that_no_column_holds_is_no_value(shop, dan, sign_in, value):
    asked = {"measure": "orders", "by": "month", "only": f"home_branch:{value}", **ALL}
    answer = sign_in(dan).get(at("explore"), asked)
    assert answer.status_code == 422
    assert "is no value of this" in answer.content.decode()


def test_customers_and_orders_are_called_by_their_numbers(shop, dan, sign_in):
    visitor = sign_in(dan)
    page = said(visitor.get(at("explore"), {"measure": "orders", "by": "customer", **ALL}))
    assert Customer.objects.get(name="Bob Larsen").public_id in page


def test_the_page_speaks_chinese(shop, dan, sign_in):
    visitor = sign_in(dan)
    visitor.cookies["django_language"] = "zh-hans"
    text = said(visitor.get(at("explore"), {"measure": "net_revenue", "by": "cell", **ALL}))
    assert "<h1>探索</h1>" in text
    assert "活跃 · 新客" in text
