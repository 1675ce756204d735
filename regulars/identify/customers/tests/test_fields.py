import pytest

from regulars.identify.customers.models import Customer, Field
from regulars.identify.customers.public import (
    ChoicesMissing,
    FieldExists,
    NoSuchField,
    NotAValue,
    change_field,
    customers_with,
    define_field,
    field_values,
    fields_of,
    fill_in,
    purge_field,
    restore_field,
    retire_field,
)
from regulars.organization.public import Brand, User
from tests.people import NOW

pytestmark = pytest.mark.django_db


def field(brand: Brand, kind: str = "text", label: str = "Favourite cup", **more: object) -> Field:
    return define_field(brand=brand, label=label, kind=kind, by=None, now=NOW, **more)  # type: ignore[arg-type]


def test_a_field_gets_a_key_that_stays(teahouse: Brand, dan: User) -> None:
    cup = field(teahouse)
    assert cup.key == "favourite_cup"
    renamed = change_field(field=cup, label="Cup", by=dan, now=NOW)
    assert (renamed.key, renamed.label) == ("favourite_cup", "Cup")
    assert field(teahouse, label="最喜欢的茶").key == "field"
    assert field(teahouse, label="生日茶").key == "field_2"


def test_two_fields_of_one_name_are_refused(teahouse: Brand, bakery: Brand) -> None:
    field(teahouse)
    with pytest.raises(FieldExists):
        field(teahouse, label="favourite  CUP")
    assert field(bakery).key == "favourite_cup"


def test_a_choice_needs_two(teahouse: Brand) -> None:
    with pytest.raises(ChoicesMissing):
        field(teahouse, "choice", choices=["green", " green "])
    assert not Field.objects.exists()


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("text", "  oolong,  spring ", "oolong, spring"),
        ("number", "1,250", 1250),
        ("number", "2.50", 2.5),
        ("date", "2025-11-20", "2025-11-20"),
        ("choice", "GREEN", "green"),
        ("yes_no", "Yes", True),
        ("yes_no", "否", False),
    ],
)
def test_a_text_is_read_as_the_fields_kind(
    teahouse: Brand, alice: Customer, kind: str, text: str, value: object
) -> None:
    defined = field(teahouse, kind, choices=["green", "black"])
    filled = fill_in(customer=alice, texts={defined.key: text}, by=None, now=NOW)
    assert filled.fields == {defined.key: value}
    assert filled.revision > alice.revision
    cleared = fill_in(customer=alice, texts={defined.key: " "}, by=None, now=NOW)
    assert cleared.fields == {}


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("number", "many"),
        ("number", "inf"),
        ("number", "1e30"),
        ("date", "20.11.2025"),
        ("choice", "red"),
        ("yes_no", "perhaps"),
        ("text", "x" * 501),
    ],
)
def test_a_text_of_another_kind_is_refused(
    teahouse: Brand, alice: Customer, kind: str, text: str
) -> None:
    defined = field(teahouse, kind, choices=["green", "black"])
    with pytest.raises(NotAValue):
        fill_in(customer=alice, texts={defined.key: text}, by=None, now=NOW)
    alice.refresh_from_db()
    assert alice.fields == {}
    assert field_values(field=defined, texts=[text]) == {text: None}


def test_a_retired_field_takes_no_values_and_keeps_those_it_has(
    teahouse: Brand, alice: Customer, bob: Customer, dan: User
) -> None:
    cup, tea = field(teahouse), field(teahouse, label="Tea")
    fill_in(customer=alice, texts={cup.key: "blue", tea.key: "sencha"}, by=dan, now=NOW)
    retire_field(field=cup, by=dan, now=NOW)
    assert fields_of(brand=teahouse) == [tea]
    with pytest.raises(NoSuchField):
        fill_in(customer=bob, texts={cup.key: "red"}, by=dan, now=NOW)
    alice.refresh_from_db()
    assert alice.fields[cup.key] == "blue"
    assert restore_field(field=cup, by=dan, now=NOW).retired_at is None


def test_purging_a_field_deletes_its_values_and_nothing_else(
    teahouse: Brand, alice: Customer, bob: Customer, dan: User
) -> None:
    cup, tea = field(teahouse), field(teahouse, label="Tea")
    fill_in(customer=alice, texts={cup.key: "blue", tea.key: "sencha"}, by=dan, now=NOW)
    before = bob.revision
    assert customers_with(field=cup) == 1
    assert purge_field(field=cup, by=dan, now=NOW) == 1
    alice.refresh_from_db()
    bob.refresh_from_db()
    assert alice.fields == {"tea": "sencha"}
    assert bob.revision == before
    assert fields_of(brand=teahouse) == [tea]
