import pytest
from hypothesis import given
from hypothesis import strategies as st

from regulars.lib import money

AMOUNTS = st.integers(-(10**12), 10**12)
CURRENCIES = st.sampled_from(["GBP", "CNY", "JPY", "KWD", "CHF", "EUR", "CLF"])


@pytest.mark.parametrize(
    ("text", "currency", "minor"),
    [
        ("12", "GBP", 1200),
        ("12.5", "GBP", 1250),
        (".50", "GBP", 50),
        ("£1,234.50", "GBP", 123450),
        ("GBP 1 234.50", "GBP", 123450),
        ("１２．３０元", "CNY", 1230),
        ("￥1,0000", "CNY", 1000000),
        ("1'234.00 CHF", "CHF", 123400),
        ("(12.00)", "EUR", -1200),
        ("-£3", "GBP", -300),
        ("£-3", "GBP", -300),
        ("3.00-", "GBP", -300),
        ("\N{MINUS SIGN}3", "GBP", -300),
        ("1200", "JPY", 1200),
        ("1200.00", "JPY", 1200),
        ("1.2345", "CLF", 12345),
        ("12,34,567.80", "INR", 123456780),
    ],
)
def test_an_amount_is_read_as_people_write_it(text: str, currency: str, minor: int) -> None:
    assert money.parse(text, currency) == minor


@pytest.mark.parametrize(
    "text", ["", "-", "£", "twelve", "1.2.3", "12,50", "1,23", "--3", "(-3)", "3.001", "1,2 345"]
)
def test_what_could_be_misread_is_refused(text: str) -> None:
    with pytest.raises(money.NotMoney):
        money.parse(text, "GBP")


def test_a_comma_is_the_decimal_mark_where_the_writer_says_so() -> None:
    assert money.parse("1.234,50 €", "EUR", decimal_mark=",") == 123450


def test_each_language_names_its_neighbours_currency_apart() -> None:
    assert money.format_money(123450, "CNY", "zh-hans") == "¥1,234.50"
    assert money.format_money(123450, "CNY", "en") == "CN¥1,234.50"
    assert money.format_money(-1234, "JPY", "zh-hans") == "\N{MINUS SIGN}JP¥1,234"
    assert money.format_money(148612, "GBP", "en", whole=True) == "£1,486"
    assert money.format_money(5, "KWD") == "KWD\N{NO-BREAK SPACE}0.005"


@given(AMOUNTS, CURRENCIES, st.sampled_from(["en", "zh-hans"]))
def test_what_is_written_is_read_back(minor: int, currency: str, language: str) -> None:
    assert money.parse(money.format_money(minor, currency, language), currency) == minor


@given(AMOUNTS, st.lists(st.integers(0, 10**9), min_size=1, max_size=30))
def test_shares_sum_to_the_whole_and_are_within_one_unit_of_fair(
    total: int, weights: list[int]
) -> None:
    shares = money.allocate(total, weights)
    assert sum(shares) == total
    if any(weights):
        for share, weight in zip(shares, weights, strict=True):
            assert abs(share * sum(weights) - total * weight) < sum(weights)


def test_between_equal_remainders_the_earlier_place_wins() -> None:
    assert money.allocate(100, [1, 1, 1]) == [34, 33, 33]
    assert money.allocate(-1, [1, 1]) == [-1, 0]
    assert money.allocate(3, [0, 0]) == [2, 1]


@given(AMOUNTS, st.lists(st.integers(0, 10**6), min_size=1, max_size=20).filter(any))
def test_any_sequence_of_portions_is_the_whole_amount(amount: int, takes: list[int]) -> None:
    whole, taken, given_back = sum(takes), 0, 0
    for take in takes:
        given_back += money.portion(amount, whole=whole, taken=taken, take=take)
        taken += take
    assert given_back == amount


def test_no_more_is_portioned_than_there_is() -> None:
    with pytest.raises(ValueError, match="Cannot take 2 of 3 when 2 are taken"):
        money.portion(100, whole=3, taken=2, take=2)
