import duckdb
import pytest

from regulars.identify.customers.identifier_kinds import KINDS, blocked_pattern, is_blocked

NOBODY = [
    "null", "NULL", "(null)", "None", "nil", "NaN", "0", "00000", "0.0", "-1", "n/a", "N/A", "na",
    "unknown", "undefined", "anonymous", "Anonymous", "guest", "GUEST", "walk-in", "not set",
    "[object Object]", "-", "--", "匿名", "游客", "无", "test", "distinct_id", "true",
]  # fmt: skip
SOMEBODY = ["17850", "10", "100", "u-0", "M-10427", "Guest0", "annull", "大卫", "nanette", "testa"]


@pytest.mark.parametrize("value", NOBODY)
def test_what_scripts_write_for_nobody_glues_nobody_together(value: str) -> None:
    assert is_blocked("user_id", value)
    assert is_blocked("member_number", value)


@pytest.mark.parametrize("value", SOMEBODY)
def test_a_real_id_is_not_blocked(value: str) -> None:
    assert not is_blocked("user_id", value)


@pytest.mark.parametrize("value", ["test@shop.com", "noreply@shop.com", "NA@na.com", "xxx@x.com"])
def test_addresses_of_nobody_are_blocked(value: str) -> None:
    assert is_blocked("email", value)


@pytest.mark.parametrize("value", ["nora@shop.com", "anna@na.com", "contest@shop.com"])
def test_addresses_of_people_are_not_blocked(value: str) -> None:
    assert not is_blocked("email", value)


@pytest.mark.parametrize("value", ["+440000000000", "+8611111111111", "+86123456789"])
def test_numbers_of_nobody_are_blocked(value: str) -> None:
    assert is_blocked("phone", value)


def test_a_number_of_somebody_is_not_blocked() -> None:
    assert not is_blocked("phone", "+447700900123")
    assert not is_blocked("phone", "+8613800138000")


def test_duckdb_blocks_the_same_values() -> None:
    for kind in KINDS:
        for value in [*NOBODY, *SOMEBODY, "test@a.com", "+440000000000"]:
            found = duckdb.execute(
                "SELECT regexp_full_match(lower(?), ?)", [value, blocked_pattern(kind)]
            ).fetchone()
            assert found == (is_blocked(kind, value),)


def test_a_user_id_is_one_and_others_are_five() -> None:
    assert {key: kind.limit for key, kind in KINDS.items() if kind.limit != 5} == {"user_id": 1}
