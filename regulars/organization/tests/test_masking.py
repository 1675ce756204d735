"""What a person without the permission sees of a person."""

import pytest

from regulars.organization.public import mask_email, mask_name, mask_phone, mask_value


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("Alice Moreau", "A••• M•••"),
        ("大卫", "大•••"),
        ("欧阳 娜娜", "欧••• 娜•••"),
        ("大卫 · David Lin", "大••• · D••• L•••"),
        ("", ""),
        ("  Bob ", "B•••"),
    ],
)
def test_a_name_keeps_its_first_letters(name: str, masked: str) -> None:
    assert mask_name(name) == masked


def test_names_of_different_length_look_the_same() -> None:
    assert mask_name("Al") == mask_name("Alexandrina")


@pytest.mark.parametrize(
    ("email", "masked"),
    [
        ("alice@example.com", "a•••@example.com"),
        ("a@example.com", "a•••@example.com"),
        ("not an address", "n•••s"),
        ("", ""),
    ],
)
def test_an_address_keeps_its_domain(email: str, masked: str) -> None:
    assert mask_email(email) == masked


@pytest.mark.parametrize(
    ("phone", "masked"),
    [("+44 20 7946 0958", "•••58"), ("13800138000", "•••00"), ("12345", "•••"), ("", "")],
)
def test_a_phone_number_keeps_two_digits(phone: str, masked: str) -> None:
    assert mask_phone(phone) == masked


@pytest.mark.parametrize(
    ("value", "masked"),
    [("M-0001234", "M•••4"), ("short", "•••"), ("", ""), ("会员一二三四五", "会•••五")],
)
def test_another_value_keeps_its_ends(value: str, masked: str) -> None:
    assert mask_value(value) == masked
