import email_validator
import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from regulars.identify.customers.identifier_kinds import UnknownKind
from regulars.identify.customers.normalization import (
    NotAnIdentifier,
    normal_form,
    normal_forms,
    tail,
)


@pytest.mark.parametrize(
    ("kind", "written", "normal"),
    [
        ("email", "  Alice.Moreau@Example.COM ", "alice.moreau@example.com"),
        ("email", "chloé@bücher.de", "chloé@xn--bcher-kva.de"),
        ("email", "ａｌｉｃｅ@example.com", "alice@example.com"),
        ("email", "dan@regulars.test", "dan@regulars.test"),
        ("phone", "07700 900123", "+447700900123"),
        ("phone", "+86 138 0013 8000", "+8613800138000"),
        ("phone", "tel:+44-7700-900123", "+447700900123"),
        ("phone", "０７７００ ９００１２３", "+447700900123"),
        ("phone", "+44 7700 900123 ext. 5", "+447700900123"),
        ("member_number", " M-１０４２７ ", "M-10427"),
        ("user_id", "u  1", "u 1"),
    ],
)
def test_one_person_writes_it_in_many_ways(kind: str, written: str, normal: str) -> None:
    assert normal_form(kind, written, country="GB") == normal


@pytest.mark.parametrize(
    ("kind", "written"),
    [
        ("email", "alice"),
        ("email", "alice@"),
        ("email", "a@b@c.de"),
        ("email", "alice@-x-.com"),
        ("phone", "12"),
        ("phone", "call me"),
        ("phone", "+999123456789"),
        ("user_id", "   "),
        ("user_id", "a\x00b"),
        ("member_number", "9" * 255),
    ],
)
def test_what_cannot_be_one_is_refused(kind: str, written: str) -> None:
    with pytest.raises(NotAnIdentifier):
        normal_form(kind, written, country="GB")


def test_a_local_number_needs_a_country() -> None:
    with pytest.raises(NotAnIdentifier):
        normal_form("phone", "07700 900123")


def test_there_are_no_kinds_but_the_declared() -> None:
    with pytest.raises(UnknownKind):
        normal_form("shoe_size", "42")


def test_many_are_normalized_at_once_and_none_stops_the_rest() -> None:
    assert normal_forms("email", ["A@mail.com", "b", "c@mail.com"]) == {
        "A@mail.com": "a@mail.com",
        "b": None,
        "c@mail.com": "c@mail.com",
    }


def test_the_tail_of_a_phone_number_begins_with_its_last_digit() -> None:
    assert tail("phone", "+447700900123") == "321009007744"
    assert tail("email", "a@mail.com") == ""


@given(st.sampled_from(["email", "phone", "user_id"]), st.text(max_size=40))
def test_a_normal_form_is_its_own_normal_form(kind: str, written: str) -> None:
    normal = normal_forms(kind, [written], country="CN")[written]
    assert normal is None or normal_form(kind, normal, country="CN") == normal


@given(
    st.from_regex(r"[a-z0-9_.+-]{1,70}@[a-z0-9.-]{1,40}\.(com|net|uk|cn|museum)", fullmatch=True)
)
def test_the_short_way_agrees_with_the_validator(address: str) -> None:
    try:
        expected = email_validator.validate_email(
            address, check_deliverability=False, test_environment=True
        ).normalized
    except email_validator.EmailNotValidError:
        expected = None
    assert normal_forms("email", [address])[address] == expected


def test_a_number_of_every_country_is_understood() -> None:
    for region in phonenumbers.SUPPORTED_REGIONS:
        example = phonenumbers.example_number(region)
        written = phonenumbers.format_number(example, phonenumbers.PhoneNumberFormat.NATIONAL)
        expected = phonenumbers.format_number(example, phonenumbers.PhoneNumberFormat.E164)
        assert normal_form("phone", written, country=region) == expected
