"""The list of customers."""

from typing import Any
from urllib.parse import parse_qs

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from regulars.identify.customers.models import Customer
from regulars.organization.public import Brand, User
from regulars.staff.customers.asked import EXACT, RANGES, Asked, asked
from tests.cast import SignIn
from tests.people import make_customer

SORTS, COLUMNS = frozenset({"net", "visits"}), frozenset({"cell", "city"})
WORDS = st.text("abc /&=?%+茶'\"<", min_size=1, max_size=8).map(str.strip).filter(bool)
NUMBERS = st.integers(-(10**9), 10**9)


def read(query: str) -> Asked:
    return asked(QueryDict(query.removeprefix("?")), sorts=SORTS, columns=COLUMNS)


@given(
    st.builds(
        Asked,
        exact=st.dictionaries(st.sampled_from(EXACT), WORDS),
        at_least=st.dictionaries(st.sampled_from(RANGES), NUMBERS),
        at_most=st.dictionaries(st.sampled_from(RANGES), NUMBERS),
        leaving=st.booleans(),
        sort=st.sampled_from(sorted(SORTS)),
        descending=st.booleans(),
        columns=st.lists(st.sampled_from(sorted(COLUMNS)), unique=True).map(tuple),
        after=st.none() | st.tuples(st.none() | NUMBERS | WORDS, st.integers(1, 10**9)),
    )
)
def test_a_question_survives_its_address(question: Asked) -> None:
    assert read(question.query(after=question.after)) == question


@pytest.mark.parametrize(
    "nonsense",
    ["sort=shoe", "sort=--net", "after=x", "after=[1]", "after={}", "visits_from=many", "show=shoe",
     "after=[[1],2]", "cell=", "net_to=1,5"],
)  # fmt: skip
def test_nonsense_in_an_address_is_left_out(nonsense: str) -> None:
    assert read(nonsense) == Asked()


def test_another_page_keeps_the_question_and_another_question_starts_anew() -> None:
    question = Asked(exact={"cell": "active/fan"}, after=(5, 9))
    assert parse_qs(question.query(sort="visits")[1:]) == {
        "cell": ["active/fan"], "sort": ["visits"],
    }  # fmt: skip
    assert read(question.query(after=(4, 8))).after == (4, 8)


def names(answer: Any) -> list[str]:
    return [row.name for row in answer.context["rows"]]


@pytest.fixture
def url(teahouse: Brand) -> str:
    return reverse("staff:customers", args=[teahouse.slug])


@pytest.mark.django_db
def test_before_the_first_metrics_the_newest_come_first_page_by_page(
    url: str, teahouse: Brand, sam: User, sign_in: SignIn
) -> None:
    for turn in range(120):
        make_customer(brand=teahouse, name=f"Person {turn}")
    browser, seen, query = sign_in(sam), list[str](), ""
    while True:
        answer = browser.get(url + query)
        seen += names(answer)
        query = answer.context["next"]
        if not query:
            break
    assert seen == [f"Person {turn}" for turn in reversed(range(120))]


@pytest.mark.django_db
def test_a_list_of_fifty_asks_what_a_list_of_one_asks(
    url: str, teahouse: Brand, alice: Customer, sam: User, sign_in: SignIn
) -> None:
    browser = sign_in(sam)
    browser.get(url)
    with CaptureQueriesContext(connection) as one:
        browser.get(url)
    for turn in range(60):
        make_customer(brand=teahouse, name=f"Person {turn}", email=f"p{turn}@mail.test")
    with CaptureQueriesContext(connection) as many:
        browser.get(url)
    assert len(many) == len(one)
    assert not [query for query in many if "COUNT(" in query["sql"].upper()]


@pytest.mark.django_db
def test_who_sees_no_names_sees_none_in_the_list(
    url: str, alice: Customer, dawei: Customer, ana: User, sign_in: SignIn
) -> None:
    assert names(sign_in(ana).get(url)) == ["大•••", "A••• M•••"]


@pytest.mark.django_db
def test_a_branch_lists_its_own_people(
    url: str, alice: Customer, bob: Customer, chloe: Customer, ben: User, sign_in: SignIn
) -> None:
    assert names(sign_in(ben).get(url)) == ["Alice Moreau"]


@pytest.mark.django_db
def test_an_empty_list_teaches_the_next_step(url: str, sam: User, sign_in: SignIn) -> None:
    text = sign_in(sam).get(url).content.decode()
    assert "No customers yet" in text
    assert "New customer" in text
