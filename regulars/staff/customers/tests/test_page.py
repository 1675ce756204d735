"""The customer's page and the search box."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from regulars.identify.commerce.public import GivenBack, Return, record_refund
from regulars.identify.customers.models import Customer
from regulars.identify.timeline.public import Touch, declare, kinds, record
from regulars.organization.public import AuditEntry, Branch, Brand, User
from regulars.staff.customers.story import chapter_of
from tests.cast import SignIn
from tests.people import NOW, make_customer, make_order

pytestmark = pytest.mark.django_db
CountQueries = Callable[[int], Any]
HTMX = {"HX-Request": "true"}


def page(customer: Customer) -> str:
    return reverse("staff:customer", args=["teahouse", customer.public_id])


def search(text: str) -> str:
    return reverse("staff:search", args=["teahouse"]) + f"?q={text}"


def give_back(brand: Brand, order_id: int, sku: str, *, days: int) -> None:
    told = Return(
        source="till",
        number=f"R-{order_id}-{days}",
        occurred_at=NOW + timedelta(days=days),
        order_id=order_id,
        lines=[GivenBack(sku=sku, quantity=Decimal(1))],
    )
    record_refund(brand=brand, refund=told, by=None, now=NOW)


def test_the_page_tells_who_it_is_and_that_somebody_looked(
    alice: Customer, sam: User, sign_in: SignIn
) -> None:
    text = sign_in(sam).get(page(alice)).content.decode()
    assert "<h1>Alice Moreau</h1>" in text
    assert "Leeds · since Mar 2024" in text
    assert "M-10427" in text
    entry = AuditEntry.objects.get(action="view")
    assert (entry.user, entry.subject_kind, entry.subject) == (sam, "customer", alice.public_id)


def test_an_analyst_reads_the_page_without_knowing_who_it_is(
    alice: Customer, ana: User, sign_in: SignIn
) -> None:
    text = sign_in(ana).get(page(alice)).content.decode()
    assert "A••• M•••" in text
    assert "Moreau" not in text
    assert "M-10427" not in text
    assert "Edit" not in text


def test_somebody_without_a_name_is_called_by_their_number(
    teahouse: Brand, sam: User, sign_in: SignIn
) -> None:
    numbered = make_customer(brand=teahouse, member_number="17850")
    assert "<h1>17850</h1>" in sign_in(sam).get(page(numbered)).content.decode()
    nobody = make_customer(brand=teahouse)
    assert nobody.public_id[4:10] in sign_in(sam).get(page(nobody)).content.decode()


def test_an_alias_leads_to_who_they_are_now(
    teahouse: Brand, alice: Customer, sam: User, sign_in: SignIn
) -> None:
    alias = make_customer(brand=teahouse, name="Alicia")
    Customer.objects.filter(pk=alias.pk).update(canonical=alice)
    make_order(brand=teahouse, customer=alias, number="OLD-1")
    browser = sign_in(sam)
    assert "<h1>Alice Moreau</h1>" in browser.get(page(alias)).content.decode()
    assert len(chapter_of(alice).moments) == 1


def test_a_story_weaves_orders_refunds_and_touches(teahouse: Brand, alice: Customer) -> None:
    first = make_order(
        brand=teahouse,
        customer=alice,
        branch=alice.branch,
        at=NOW - timedelta(days=3),
        lines=[("sencha", 1, 2000), ("cup", 1, 900)],
        coupon="TEA-15",
    )
    give_back(teahouse, first.pk, "cup", days=-1)
    kind = kinds().get("Cup Praised") or declare(
        "Cup Praised", "Praised {product}, {stars} stars, {nothing}"
    )
    touch = Touch(
        brand_id=teahouse.pk, customer_id=alice.pk, kind=kind, occurred_at=NOW, source="web",
        message_id="p-1", properties={"product": "<Sencha>", "stars": 4},
    )  # fmt: skip
    record([touch], now=NOW)
    told = [str(moment.sentence) for moment in chapter_of(alice).moments]
    assert told[0] == "Praised <Sencha>, 4 stars, …"
    assert "Got <b>£9.00</b> back for order" in told[1]
    assert "£29.00</b></a> at Soho; one line of two came back on 19 Nov" in told[2]
    assert chapter_of(alice).moments[2].detail == "Sencha, Cup · coupon TEA-15"


def test_what_a_source_wrote_is_never_markup(
    teahouse: Brand, alice: Customer, sam: User, sign_in: SignIn
) -> None:
    make_order(
        brand=teahouse, customer=alice, lines=[("<b>x", 1, 100)], coupon="<script>", number="<i>9"
    )
    text = sign_in(sam).get(page(alice)).content.decode()
    assert "<script>alert" not in text
    assert "<b>x" not in text.lower()
    assert "&lt;script&gt;" in text


def test_an_order_that_came_back_whole_says_so(teahouse: Brand, alice: Customer) -> None:
    order = make_order(brand=teahouse, customer=alice, at=NOW - timedelta(days=9))
    give_back(teahouse, order.pk, "sencha", days=-2)
    assert "everything came back" in str(chapter_of(alice).moments[1].sentence)


def test_a_story_is_read_to_its_beginning_and_nothing_twice(
    teahouse: Brand, alice: Customer
) -> None:
    for day in range(30):
        order = make_order(brand=teahouse, customer=alice, at=NOW - timedelta(days=day // 2))
        if day % 4 == 0:
            give_back(teahouse, order.pk, "sencha", days=-day // 2)
    seen, before = [], None
    while True:
        chapter = chapter_of(alice, before=before, limit=7)
        seen += [(moment.at, str(moment.sentence)) for moment in chapter.moments]
        before = chapter.before
        if before is None:
            break
    assert len(seen) == len(set(seen)) == 30 + 8
    assert [at for at, _ in seen] == sorted((at for at, _ in seen), reverse=True)


def test_a_page_asks_the_same_however_long_the_story(
    teahouse: Brand,
    alice: Customer,
    bob: Customer,
    sam: User,
    sign_in: SignIn,
    django_assert_num_queries: CountQueries,
) -> None:
    for day in range(15):
        order = make_order(brand=teahouse, customer=alice, at=NOW - timedelta(days=day))
        give_back(teahouse, order.pk, "sencha", days=1 - day)
    browser = sign_in(sam)
    url = reverse("staff:story", args=["teahouse", alice.public_id])
    browser.get(url, headers=HTMX)
    with django_assert_num_queries(13):
        browser.get(url, headers=HTMX)


@pytest.mark.parametrize(
    "text", ["alice", "moreau", "alice@mail", "0123", "M-10427", "%2B44 7700 900123"]
)
def test_one_hit_leads_straight_there(
    alice: Customer, bob: Customer, sam: User, sign_in: SignIn, text: str
) -> None:
    answer = sign_in(sam).get(search(text))
    assert answer.status_code == 302
    assert answer["Location"] == page(alice)


def test_an_order_number_leads_to_its_order(
    teahouse: Brand, alice: Customer, sam: User, sign_in: SignIn
) -> None:
    order = make_order(brand=teahouse, customer=alice, number="536365")
    answer = sign_in(sam).get(search("536365"))
    assert answer["Location"] == reverse("commerce:order", args=["teahouse", order.pk])


def test_several_hits_are_listed_with_what_tells_them_apart(
    teahouse: Brand, alice: Customer, sam: User, sign_in: SignIn
) -> None:
    make_customer(brand=teahouse, name="Alice Zhang", city="Oslo")
    browser = sign_in(sam)
    text = browser.get(search("alice")).content.decode()
    for said in ("Alice Moreau", "Leeds · Soho", "Alice Zhang", "Oslo"):
        assert said in text
    fragment = browser.get(search("alice"), headers=HTMX).content.decode()
    assert "<html" not in fragment
    assert fragment.count("<li>") == 2


def test_a_search_asks_the_same_for_one_and_for_many(
    teahouse: Brand, sam: User, sign_in: SignIn, django_assert_num_queries: CountQueries
) -> None:
    for _ in range(12):
        make_customer(brand=teahouse, name="Ann", email="")
    browser = sign_in(sam)
    browser.get(search("ann"), headers=HTMX)
    with django_assert_num_queries(11):
        browser.get(search("ann"), headers=HTMX)


def test_an_analyst_cannot_ask_whether_an_address_is_known(
    alice: Customer, ana: User, sign_in: SignIn
) -> None:
    browser = sign_in(ana)
    for text in ("alice@mail.test", "alice", "%2B447700900123"):
        assert "Nobody and nothing found" in browser.get(search(text)).content.decode()
    assert browser.get(search("M-10427")).status_code == 302


def test_a_branch_finds_its_own_people_only(
    soho: Branch, alice: Customer, bob: Customer, ben: User, sign_in: SignIn
) -> None:
    browser = sign_in(ben)
    assert browser.get(search("alice")).status_code == 302
    assert "Nobody and nothing found" in browser.get(search("bob")).content.decode()
    assert browser.get(page(bob)).status_code == 404
