"""Guess which column is which field, by its name, its neighbours and what stands in it."""

import re
from collections.abc import Iterable, Mapping, Sequence

from regulars.identify.intake.mapping.field import Field, What
from regulars.identify.intake.mapping.neighbours import names_a_product, stands_among_people
from regulars.identify.intake.reading.header import plain_name

_NUMBER = re.compile(r"\(?[-+−]?\s*\D{0,3}\s*\d[\d.,'’．， ]*\s*\D{0,3}\)?")
_TIME = re.compile(
    r"\d{1,4}[-/.年]\d{1,2}[-/.月]\d{1,4}.*|.*\d{1,2}:\d\d.*|\d{8,14}|.*[A-Za-z]{3}.*\d{4}.*"
)
_SHAPES = {
    What.TIME: _TIME,
    What.NUMBER: re.compile(r"[-+]?\d[\d., ]*"),
    What.MONEY: _NUMBER,
}
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.\w+")
_DATED = re.compile(r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}.*|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}.*")
_COUNT = re.compile(r"-?\d{1,2}")
_CODE = re.compile(r"[\w./-]*\d[\w./-]*")
_MADE_OF = ("at", "quantity", "price")
_TITLE = "title"  # of a book, or Mr and Mrs

Column = tuple[str, Sequence[str]]


def guess(
    headers: Sequence[str], sample: Iterable[Sequence[str]], fields: Mapping[str, Field]
) -> dict[str, str]:
    """Return the header of each field that can be told; no header stands for two fields."""
    values = list(zip(*sample, strict=True)) or [()] * len(headers)
    columns: list[Column] = list(zip(headers, values, strict=True))
    candidates = _candidates(columns, fields)
    ranked = sorted(
        (rank, key, place) for place, ranks in enumerate(candidates) for key, rank in ranks.items()
    )
    found: dict[str, str] = {}
    for _, key, place in ranked:
        if key not in found and headers[place] not in found.values():
            found[key] = headers[place]
    found |= _by_values(columns, fields, found)
    return found | _in_spite_of_values(columns, fields, found)


def _in_spite_of_values(
    columns: Sequence[Column], fields: Mapping[str, Field], found: Mapping[str, str]
) -> dict[str, str]:
    """What an order is made of is known by name alone: cells that do not fit are better refused."""
    free = {plain_name(header): header for header, _ in columns if header not in found.values()}
    named = {
        key: next((free[name] for name in fields[key].names if name in free), "")
        for key in _MADE_OF
        if key in fields and key not in found
    }
    return {key: header for key, header in named.items() if header}


def _candidates(columns: Sequence[Column], fields: Mapping[str, Field]) -> list[dict[str, int]]:
    """For each column the fields it may be, with its rank among their names."""
    named = [
        {
            key: field.names.index(plain_name(header))
            for key, field in fields.items()
            if plain_name(header) in field.names and _fits(field, cells)
        }
        for header, cells in columns
    ]
    return [
        {key: rank for key, rank in ranks.items() if _likely(key, place, columns, named)}
        for place, ranks in enumerate(named)
    ]


def _likely(
    key: str, place: int, columns: Sequence[Column], named: Sequence[Mapping[str, int]]
) -> bool:
    header, _ = columns[place]
    if {"name", "product"} <= named[place].keys():
        return key == ("product" if names_a_product(place, named) else "name")
    if plain_name(header) == _TITLE and key == "product":
        return not stands_among_people(place, named)
    if {"amount", "quantity"} <= named[place].keys():
        return key == ("quantity" if _counts(place, columns, named) else "amount")
    return True


def _counts(place: int, columns: Sequence[Column], named: Sequence[Mapping[str, int]]) -> bool:
    """Tell whether an amount is one of pieces: small, beside a price it differs from."""
    others = [other for other in range(len(named)) if other != place]
    prices = [columns[other][1] for other in others if "price" in named[other]]
    counted = any("quantity" in named[other] for other in others)
    cells = columns[place][1]
    return bool(prices) and not counted and _all(_COUNT, cells) and cells not in prices


def _fits(field: Field, cells: Sequence[str]) -> bool:
    shape = _SHAPES.get(field.what)
    filled = _filled(cells)
    if shape is None or not filled:
        return True
    return sum(1 for cell in filled if shape.fullmatch(cell)) * 2 >= len(filled)


def _by_values(
    columns: Sequence[Column], fields: Mapping[str, Field], found: Mapping[str, str]
) -> dict[str, str]:
    """Dates and e-mail addresses are known by sight, and codes beside the name of a product."""
    seen: dict[str, str] = {}
    for key, shape in (("at", _DATED), ("email", _EMAIL), ("sku", _CODE)):
        if key in found or key not in fields:
            continue
        for header, cells in columns:
            free = header not in found.values() and header not in seen.values()
            named = key != "sku" or plain_name(header) in fields["product"].names
            if free and named and _all(shape, cells):
                seen[key] = header
                break
    return seen


def _all(shape: re.Pattern[str], cells: Sequence[str]) -> bool:
    filled = _filled(cells)
    return bool(filled) and all(shape.fullmatch(cell) for cell in filled)


def _filled(cells: Sequence[str]) -> list[str]:
    return [cell.strip() for cell in cells if cell.strip()]
