"""Guess which column is which field, by its name and by what stands in it."""

import re
from collections.abc import Iterable, Mapping, Sequence

from regulars.identify.intake.mapping.field import Field, What
from regulars.identify.intake.mapping.header import plain_name

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


def guess(
    headers: Sequence[str], sample: Iterable[Sequence[str]], fields: Mapping[str, Field]
) -> dict[str, str]:
    """Return the header of each field that can be told; no header stands for two fields."""
    values = list(zip(*sample, strict=True)) or [()] * len(headers)
    columns = list(zip(headers, values, strict=True))
    ranked = sorted(
        (place, key, header)
        for key, field in fields.items()
        for header, cells in columns
        if (place := _place(field, header, cells)) is not None
    )
    found: dict[str, str] = {}
    for _, key, header in ranked:
        if key not in found and header not in found.values():
            found[key] = header
    return found | _by_values(columns, fields, found)


def _place(field: Field, header: str, cells: Sequence[str]) -> int | None:
    """Where the header stands among the field's names; None if it does not, or its cells differ."""
    name = plain_name(header)
    if name not in field.names or not _fits(field, cells):
        return None
    return field.names.index(name)


def _fits(field: Field, cells: Sequence[str]) -> bool:
    shape = _SHAPES.get(field.what)
    filled = [cell.strip() for cell in cells if cell.strip()]
    if shape is None or not filled:
        return True
    return sum(1 for cell in filled if shape.fullmatch(cell)) * 2 >= len(filled)


def _by_values(
    columns: Sequence[tuple[str, Sequence[str]]],
    fields: Mapping[str, Field],
    found: Mapping[str, str],
) -> dict[str, str]:
    """Dates and e-mail addresses are known by sight."""
    seen: dict[str, str] = {}
    for key, shape in (("at", _DATED), ("email", _EMAIL)):
        if key in found or key not in fields:
            continue
        for header, cells in columns:
            filled = [cell.strip() for cell in cells if cell.strip()]
            free = header not in found.values() and header not in seen.values()
            if free and filled and all(shape.fullmatch(cell) for cell in filled):
                seen[key] = header
                break
    return seen
