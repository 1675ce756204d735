import re

import pytest
from django.db import connection

from regulars.identify.customers.models import Customer, Identifier
from regulars.identify.customers.public import find_people, tail, turned_name
from regulars.identify.customers.search import (
    _identifier_questions,
    _name_questions,
)
from regulars.organization.public import Branch, Brand
from tests.people import NOW, make_customer

pytestmark = pytest.mark.django_db


@pytest.fixture
def everybody(alice: Customer, bob: Customer, chloe: Customer, dawei: Customer) -> None:
    pass


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("alice", "Alice Moreau"),
        ("ALI", "Alice Moreau"),
        ("moreau", "Alice Moreau"),
        ("Moreau Al", "Alice Moreau"),
        ("chloe", "Chloé Dubois"),
        ("CHLOÉ d", "Chloé Dubois"),
        ("大", "大卫"),
        ("卫", "大卫"),
        ("alice@", "Alice Moreau"),
        ("BOB@mail", "Bob Larsen"),
        ("0123", "Alice Moreau"),
        ("900123", "Alice Moreau"),
        ("07700 900123", "Alice Moreau"),
        ("+86 138 0013 8000", "大卫"),
        ("8000", "大卫"),
        ("M-10427", "Alice Moreau"),
        ("m-104", "Alice Moreau"),
    ],
)
def test_people_are_found_by_what_they_say(
    teahouse: Brand, everybody: None, text: str, who: str
) -> None:
    teahouse.country = "GB"
    assert [one.customer.name for one in find_people(brand=teahouse, text=text)] == [who]


@pytest.mark.parametrize("text", ["", " ", "a", "%", "_lice", "zzz", "eve", "1"])
def test_what_says_nothing_finds_nobody(
    teahouse: Brand, everybody: None, eve: Customer, text: str
) -> None:
    assert find_people(brand=teahouse, text=text) == []


def test_a_branch_finds_its_own_people_only(teahouse: Brand, soho: Branch, everybody: None) -> None:
    def found(text: str) -> list[str]:
        people = find_people(brand=teahouse, text=text, branch_ids=frozenset({soho.pk}))
        return [one.customer.name for one in people]

    assert found("alice") == found("alice@mail.test") == ["Alice Moreau"]
    assert found("bob") == found("bob@mail.test") == []


def test_who_may_not_see_names_finds_by_the_shops_own_numbers_only(
    teahouse: Brand, everybody: None, alice: Customer
) -> None:
    def found(text: str) -> list[str]:
        people = find_people(brand=teahouse, text=text, personal=False)
        return [one.customer.name for one in people]

    assert found("m-10427") == found(alice.public_id) == ["Alice Moreau"]
    for text in ("M-104", "alice", "alice@mail.test", "+447700900123", "0123"):
        assert found(text) == []


def test_an_alias_is_found_as_who_they_are_now(teahouse: Brand, alice: Customer) -> None:
    alias = make_customer(brand=teahouse, name="Alicia Moreau", email="alicia@mail.test")
    Customer.objects.filter(pk=alias.pk).update(canonical=alice)
    assert [one.customer for one in find_people(brand=teahouse, text="alicia@")] == [alice]
    assert find_people(brand=teahouse, text="alicia m") == []


def test_everybody_is_found_once_and_no_more_than_asked_for(teahouse: Brand) -> None:
    for turn in range(12):
        make_customer(brand=teahouse, name="Ann Ann", email=f"ann{turn}@mail.test")
    assert len(find_people(brand=teahouse, text="ann", limit=5)) == 5
    assert len({one.customer for one in find_people(brand=teahouse, text="ann", limit=50)}) == 12


def _crowd(brand: Brand, people: int = 3_000) -> None:
    names = [f"n{turn:05} s{turn:05}" for turn in range(people)]
    rows = Customer.objects.bulk_create(
        Customer(
            public_id=f"cus_{turn}",
            brand=brand,
            name=name,
            search_name=name,
            turned_name=turned_name(name),
            created_at=NOW,
            revision=1,
        )
        for turn, name in enumerate(names)
    )
    Identifier.objects.bulk_create(
        Identifier(
            brand=brand,
            customer=row,
            kind="phone",
            value=f"+4470{turn:08}",
            tail=tail("phone", f"+4470{turn:08}"),
            created_at=NOW,
            revision=1,
        )
        for turn, row in enumerate(rows)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def test_every_question_is_a_range_of_an_index(teahouse: Brand) -> None:
    teahouse.country = "GB"
    _crowd(teahouse)
    asked = [
        (Identifier, question)
        for text in ("07000 000017", "alice@", "0123")
        for question in _identifier_questions(teahouse, text)
    ]
    asked += [(Customer, question) for question in _name_questions("alice")]
    ranged = "Index Cond" if connection.vendor == "postgresql" else "SEARCH"
    for model, question in asked:
        plan = model.objects.filter(question, brand=teahouse)[:8].explain()
        [condition] = [line for line in plan.splitlines() if ranged in line]
        column = re.search(r"\w+(?=__begins_with)|value(?=')", str(question))
        assert column, question
        assert column.group() in condition, plan
