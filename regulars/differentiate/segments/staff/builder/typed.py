"""Turn what was typed into what JSON has; what makes no sense stays as it was typed."""

import unicodedata
from collections.abc import Callable, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from regulars.differentiate.segments.operators import Operator, Takes
from regulars.differentiate.segments.values import Subject, ValueKind
from regulars.lib.money import NotMoney, parse, to_decimal
from regulars.organization.public import Brand

LONGEST = 30


def typed_values(given: Sequence[str], operator: Operator, subject: Subject, brand: Brand) -> Any:
    """Return the value of a comparison as JSON; None when there is none."""
    if operator.takes == Takes.NOTHING or not given:
        return None
    if operator.takes == Takes.PATTERN:
        return given[0]
    if operator.takes == Takes.DAYS:
        return whole(given[0])
    read = _reader(subject, brand)
    if operator.takes == Takes.ONE:
        return read(given[0])
    if operator.takes == Takes.TWO:
        return [read(one) for one in given[:2]]
    return list(dict.fromkeys(read(one) for one in given))


def whole(text: str) -> int | str:
    """Return a whole number, or the text when it is none."""
    plain = unicodedata.normalize("NFKC", text).strip().replace(",", "")
    return int(plain) if plain.lstrip("-").isdecimal() and len(plain) < LONGEST else text


def number(text: str) -> int | float | str:
    """Return a number, or the text when it is none."""
    plain = unicodedata.normalize("NFKC", text).replace(",", "").strip()
    try:
        found = Decimal(plain if len(plain) < LONGEST else "")
    except InvalidOperation:
        return text
    if not found.is_finite() or found.adjusted() > LONGEST:
        return text
    return int(found) if found == found.to_integral_value() else float(found)


def shown(value: Any, subject: Subject, brand: Brand) -> str:
    """Return how a value stands in its input."""
    if subject.kind == ValueKind.MONEY and isinstance(value, int):
        amount = to_decimal(value, brand.currency)
        return str(int(amount)) if amount == int(amount) else str(amount)
    return "" if value is None else str(value)


def _reader(subject: Subject, brand: Brand) -> Callable[[str], Any]:
    if subject.kind == ValueKind.NUMBER:
        return number
    if subject.kind == ValueKind.MONEY:
        return lambda text: _amount(text, brand)
    return lambda text: text.strip()


def _amount(text: str, brand: Brand) -> int | str:
    try:
        return parse(text, brand.currency)
    except NotMoney:
        return text
