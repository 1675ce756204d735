"""Concentration, cohorts and structure, as staff see them."""

import io
from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from regulars.differentiate.metrics.computation import compute
from regulars.differentiate.metrics.looking import look_from
from regulars.identify.customers.public import define_field, fill_in
from regulars.lake.public import catch_up
from regulars.organization.public import AuditAction, AuditEntry, Branch, Brand, User
from tests.cast import SignIn
from tests.people import NOW, make_customer, make_order

pytestmark = pytest.mark.django_db(transaction=True)
PAGES = ("concentration", "cohorts", "structure")
TODAY = NOW.date()
Visit = Callable[..., str]


def at(page: str, brand: str = "teahouse") -> str:
    return reverse(f"metrics:{page}", args=[brand])


def said(answer: HttpResponse) -> str:
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def shop(lake: object, teahouse: Brand, soho: Branch, camden: Branch) -> Brand:
    """Alice, who came thrice at Soho; Bob, once at Camden; and 大卫, of whom no branch is known."""
    alice = make_customer(
        brand=teahouse, name="Alice Moreau", branch=soho, gender="female", city="Leeds",
        born_on=date(1985, 11, 21),
    )  # fmt: skip
    bob = make_customer(brand=teahouse, name="Bob Larsen", branch=camden, city="Oslo")
    dawei = make_customer(brand=teahouse, name="大卫", city="上海", language="zh-hans")
    field = define_field(
        brand=teahouse, label="Leaf", kind="choice", choices=["green", "black"], by=None, now=NOW
    )
    fill_in(customer=alice, texts={field.key: "green"}, by=None, now=NOW)
    for customer, back, amount in (
        (alice, 75, 5000), (alice, 45, 2000), (alice, 5, 1000), (bob, 70, 1500), (dawei, 5, 500),
    ):  # fmt: skip
        day: datetime = NOW - timedelta(days=back)
        make_order(brand=teahouse, customer=customer, lines=[("sencha", 1, amount)], at=day)
    catch_up()
    look_from(brand=teahouse, day=TODAY, by=None, now=NOW)
    return teahouse


def test_concentration_names_who_brings_most(shop: Brand, dan: User, sign_in: SignIn) -> None:
    text = said(sign_in(dan).get(at("concentration")))
    for one in ("A fifth of the customers bring 80 % of the net value", "Alice Moreau", "£80.00",
                "80 %", "95 %", "£100"):  # fmt: skip
        assert one in text, one
    assert text.index("Alice Moreau") < text.index("Bob Larsen") < text.index("大卫")


def test_cohorts_tell_who_came_again(shop: Brand, dan: User, sign_in: SignIn) -> None:
    visitor = sign_in(dan)
    text = said(visitor.get(at("cohorts")))
    assert "50 % of the customers come again in the month after their first visit" in text
    assert 'data-heat="20"' in text
    assert ">50.0<" in text
    assert "20" in said(visitor.get(at("cohorts"), {"show": "value"}))
    assert ">50.0<" in said(visitor.get(at("cohorts"), {"show": "nonsense"}))


def test_structure_counts_what_is_known(shop: Brand, dan: User, sign_in: SignIn) -> None:
    text = said(sign_in(dan).get(at("structure")))
    for one in ("3 customers", "female 100 %", "35–44 100 %", "Leeds", "上海", "Leaf", "green",
                "Soho", "Camden", "known of 33 %"):  # fmt: skip
        assert one in text, one


def test_numbers_lead_to_the_people(shop: Brand, dan: User, sign_in: SignIn) -> None:
    visitor, listing = sign_in(dan), reverse("staff:customers", args=["teahouse"])
    links = {
        "board": (f"{listing}?cell=active/regular", "cell=active%2Fnew&amp;before=none"),
        "rhythm": (f"{listing}?leaving=1", f"{listing}?due=due"),
        "cohorts": ("first_from=2025-09-01&amp;first_to=2025-09-30",),
        "structure": ("?gender=female", "?city=Leeds", "?field.leaf=green"),
    }
    for page, urls in links.items():
        text = said(visitor.get(at(page)))
        for url in urls:
            assert url in text, (page, url)
    first = visitor.get(listing, {"first_from": "2025-11-01", "before": "none"})
    assert [row.name for row in first.context["rows"]] == ["大卫"]


def test_analysts_read_masked_names(shop: Brand, ana: User, sign_in: SignIn) -> None:
    text = said(sign_in(ana).get(at("concentration")))
    assert "Alice" not in text
    assert "A•••" in text


def test_a_branch_manager_sees_the_customers_of_the_branch(
    shop: Brand, ben: User, sign_in: SignIn
) -> None:
    visitor = sign_in(ben)
    text = said(visitor.get(at("concentration")))
    assert "Alice Moreau" in text
    assert "Bob" not in text
    assert "bring 100 % of the net value" in text
    assert at("concentration_export") not in text
    assert "Oslo" not in said(visitor.get(at("structure")))
    assert said(visitor.get(at("cohorts"), {"show": "people"})).count('<th scope="row"') == 1
    assert visitor.get(at("concentration_export")).status_code == 403


def lines_of(answer: HttpResponse) -> list[str]:
    return b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()


def test_files_hold_what_the_pages_show(shop: Brand, dan: User, sign_in: SignIn) -> None:
    visitor = sign_in(dan)
    people = lines_of(visitor.get(at("concentration_export")))
    assert people[0].startswith("rank,customer,name")
    assert ",Alice Moreau,3,2025-11-15,active/regular,80.00,GBP,0.8" in people[1]
    assert len(people) == 2
    assert "2025-09,1,yes,1,0.5,20.00,GBP" in lines_of(visitor.get(at("cohorts_export")))
    structure = lines_of(visitor.get(at("structure_export")))
    assert {"Gender,female,1,0.333333,80.00,GBP", "Gender,unknown,2,0.666667,20.00,GBP",
            "Leaf,green,1,0.333333,80.00,GBP"} <= set(structure)  # fmt: skip
    board = lines_of(visitor.get(at("board_export")))
    assert (len(board), board[0][:24]) == (17, "recency,frequency,people")
    assert "active,regular,1,3,80.00,GBP,0.8,0,1" in board
    assert AuditEntry.objects.filter(action=AuditAction.EXPORT).count() == 4


@pytest.mark.parametrize("page", ["board", *PAGES])
def test_every_page_offers_its_table_as_files(
    shop: Brand, dan: User, ben: User, sign_in: SignIn, page: str
) -> None:
    text = said(sign_in(dan).get(at(page)))
    for kind in ("csv", "xlsx"):
        assert f"{at(f'{page}_export')}?as_of=2025-11-20&amp;format={kind}" in text
    answer = sign_in(dan).get(at(f"{page}_export"), {"format": "xlsx"})
    assert load_workbook(io.BytesIO(answer.content)).active.max_row > 1
    assert f"{at(f'{page}_export')}" not in said(sign_in(ben).get(at(page)))


def test_pages_look_from_the_day_they_are_asked_for(
    shop: Brand, dan: User, sign_in: SignIn
) -> None:
    compute(brand=shop, as_of=TODAY - timedelta(days=40))
    visitor = sign_in(dan)
    then = {"as_of": (TODAY - timedelta(days=39)).isoformat()}
    for page in PAGES:
        assert "2025-10-11" in said(visitor.get(at(page), then))
        assert "2025-11-20" in said(visitor.get(at(page), {"as_of": "nonsense"}))
    assert "大卫" not in said(visitor.get(at("concentration"), then))
    long_ago = said(visitor.get(at("structure"), {"as_of": "2025-09-01"}))
    assert "Figures are kept from 11 Oct 2025 on" in long_ago
    assert 'href="?as_of=2025-10-11"' in long_ago


@pytest.mark.parametrize("page", PAGES)
def test_pages_speak_chinese(shop: Brand, dan: User, sign_in: SignIn, page: str) -> None:
    visitor = sign_in(dan)
    visitor.cookies["django_language"] = "zh-hans"
    heading = {"concentration": "集中度", "cohorts": "同期群", "structure": "顾客结构"}[page]
    text = said(visitor.get(at(page)))
    assert f"<h1>{heading}</h1>" in text


@pytest.mark.parametrize("page", PAGES)
def test_a_brand_without_figures_is_told_when_they_come(
    lake: object, teahouse: Brand, dan: User, sign_in: SignIn, page: str
) -> None:
    visitor = sign_in(dan)
    assert "Nothing has been counted yet" in said(visitor.get(at(page)))
    catch_up()
    compute(brand=teahouse, as_of=timezone.now().date())
    text = said(visitor.get(at(page)))
    assert any(one in text for one in ("Nobody has", "No customers yet"))


@pytest.mark.parametrize("page", ["board", "rhythm"])
def test_the_board_and_the_rhythm_look_from_the_day_they_are_asked_for(
    shop: Brand, dan: User, sign_in: SignIn, page: str
) -> None:
    compute(brand=shop, as_of=TODAY - timedelta(days=40))
    visitor = sign_in(dan)
    then = said(visitor.get(at(page), {"as_of": (TODAY - timedelta(days=39)).isoformat()}))
    assert "You look back to 11 Oct 2025." in then
    assert 'value="2025-10-11"' in then
    assert "/customers/?" not in then
    now = said(visitor.get(at(page), {"as_of": "nonsense"}))
    assert "You look back" not in now
    assert "/customers/?" in now
    assert "Figures are kept from 11 Oct 2025 on" in said(
        visitor.get(at(page), {"as_of": "2025-09-01"})
    )


def test_the_structure_names_countries_in_the_language_of_the_reader(
    shop: Brand, dan: User, sign_in: SignIn
) -> None:
    make_customer(brand=shop, name="Chloé Dubois", country="GB")
    catch_up()
    compute(brand=shop, as_of=TODAY)
    visitor = sign_in(dan)
    assert "United Kingdom" in said(visitor.get(at("structure")))
    visitor.cookies["django_language"] = "zh-hans"
    assert "英国" in said(visitor.get(at("structure")))
