"""Amounts of money: whole minor units of an ISO 4217 currency, read, shown and split exactly."""

import re
import unicodedata
from collections.abc import Sequence
from decimal import Decimal
from functools import cache

_WITHOUT_DECIMALS = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"
_WITH_THREE = "BHD IQD JOD KWD LYD OMR TND"
_WITH_FOUR = "CLF UYW"
_EXPONENTS = {
    currency: places
    for places, currencies in ((0, _WITHOUT_DECIMALS), (3, _WITH_THREE), (4, _WITH_FOUR))
    for currency in currencies.split()
}
_SYMBOLS = {
    "AUD": "A$",
    "BRL": "R$",
    "CAD": "CA$",
    "CNY": "CN¥",
    "EUR": "€",
    "GBP": "£",
    "HKD": "HK$",
    "INR": "₹",
    "JPY": "¥",
    "KRW": "₩",
    "MXN": "MX$",
    "NZD": "NZ$",
    "TWD": "NT$",
    "USD": "$",
    "VND": "₫",
}
_SYMBOLS_IN_CHINESE = {**_SYMBOLS, "CNY": "¥", "JPY": "JP¥", "USD": "US$"}
_SIGN = r"[-\N{MINUS SIGN}\N{EN DASH}]"
_UNIT = r"\s*(?:[A-Za-z]{0,3}[$€£¥₹₩₫元圆円]|[A-Za-z]{3})?\s*"


class NotMoney(ValueError):
    """A text cannot be read as an amount of the currency."""


def exponent(currency: str) -> int:
    """Return how many decimals the currency has: 0 for JPY, 2 for EUR, 3 for KWD."""
    return _EXPONENTS.get(currency, 2)


def to_decimal(minor: int, currency: str) -> Decimal:
    """Return the amount in the currency's main unit, with exactly its decimals."""
    return Decimal(minor).scaleb(-exponent(currency))


def parse(text: str, currency: str, *, decimal_mark: str = ".") -> int:
    """Read an amount such as ``£1,234.50``, ``(12.00)`` or ``１２元``, and return minor units.

    Raises NotMoney when it is none, or has more decimals than the currency: nothing is rounded.
    """
    found = _pattern(decimal_mark).fullmatch(unicodedata.normalize("NFKC", text).strip())
    if not found or not (found["whole"] or found["decimals"]):
        raise NotMoney(text)
    signs = [found[name] for name in ("opened", "before", "between", "after") if found[name]]
    decimals = found["decimals"] or ""
    kept, lost = decimals[: exponent(currency)], decimals[exponent(currency) :]
    if len(signs) > 1 or lost.strip("0"):
        raise NotMoney(text)
    whole = "".join(filter(str.isdecimal, found["whole"]))
    amount = int((whole or "0") + kept.ljust(exponent(currency), "0"))
    return -amount if signs else amount


def format_money(minor: int, currency: str, language: str = "en", *, whole: bool = False) -> str:
    """Write an amount for reading: ``£1,234.50``; ``whole`` rounds to main units."""
    places = exponent(currency)
    sign = "\N{MINUS SIGN}" if minor < 0 else ""
    amount = to_decimal(abs(minor), currency)
    figure = f"{amount:,.0f}" if whole else f"{amount:,.{places}f}"
    symbols = _SYMBOLS_IN_CHINESE if language.startswith("zh") else _SYMBOLS
    return f"{sign}{symbols.get(currency, currency + chr(160))}{figure}"


def allocate(total: int, weights: Sequence[int]) -> list[int]:
    """Split ``total`` by non-negative weights into integers whose sum is exactly ``total``.

    Largest remainder; between equal remainders the earlier place wins. Weights that are all zero
    count as equal. Raises ValueError when there is nobody to give to, or a weight is negative.
    """
    if not weights or min(weights) < 0:
        raise ValueError("allocate() needs at least one weight, and none below zero.")
    if not any(weights):
        weights = [1] * len(weights)
    if total < 0:
        return [-share for share in allocate(-total, weights)]
    divided = [divmod(total * weight, sum(weights)) for weight in weights]
    shares = [share for share, _ in divided]
    by_remainder = sorted(range(len(weights)), key=lambda place: -divided[place][1])
    for place in by_remainder[: total - sum(shares)]:
        shares[place] += 1
    return shares


def portion(amount: int, *, whole: int, taken: int, take: int) -> int:
    """Return what ``take`` of ``whole`` equal units is worth after ``taken`` have gone before.

    Portions taken one after the other until nothing is left sum to ``amount`` exactly, whatever
    their sizes. Raises ValueError when more is taken than there is.
    """
    if not 0 <= taken <= taken + take <= whole or whole == 0:
        raise ValueError(f"Cannot take {take} of {whole} when {taken} are taken already.")
    return _rounded(amount * (taken + take), whole) - _rounded(amount * taken, whole)


def _rounded(numerator: int, denominator: int) -> int:
    quotient = (2 * abs(numerator) + denominator) // (2 * denominator)
    return -quotient if numerator < 0 else quotient


@cache
def _pattern(decimal_mark: str) -> re.Pattern[str]:
    # A group of two digits at the end is refused: "12,50" is not twelve hundred and fifty.
    grouping = ",.'\N{RIGHT SINGLE QUOTATION MARK} ".replace(decimal_mark, "")
    grouped = rf"\d{{1,4}}(?P<mark>[{grouping}])(?:\d{{2,4}}(?P=mark))*\d{{3,4}}"
    return re.compile(
        rf"(?P<opened>\()?(?P<before>{_SIGN})?{_UNIT}(?P<between>{_SIGN})?\s*"
        rf"(?P<whole>{grouped}|\d*)(?:{re.escape(decimal_mark)}(?P<decimals>\d*))?"
        rf"{_UNIT}(?P<after>{_SIGN})?(?(opened)\))"
    )
