"""Read JSON Lines: an object a line, its keys the columns, nested ones joined by a dot."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_noop

from regulars.identify.intake.reading.encoding import ESCAPED
from regulars.identify.intake.reading.record import Broken, Record
from regulars.identify.intake.reading.refusal import FileRefused

DEEPEST = 20


def looks_like_objects(first: str) -> bool:
    """Tell JSON Lines by their first line; refuse one large JSON array."""
    if first.lstrip("\ufeff \t").startswith("["):
        raise FileRefused(
            gettext_noop(
                "This is one JSON array. Write an object a line instead (JSON Lines, .jsonl)."
            )
        )
    return first.lstrip("\ufeff \t").startswith('{"')


def keys(path: Path, *, codec: str, most: int) -> list[str]:
    """List every key in the order in which they first appear."""
    found: dict[str, None] = {}
    for number, line in _lines(path, codec):
        for key in _object(line) or {}:
            found.setdefault(key)
        if len(found) > most:
            raise FileRefused(
                gettext_noop("By row %(row)s there are more than %(most)s different keys."),
                row=number,
                most=most,
            )
    if not found:
        raise FileRefused(gettext_noop("No line of the file is a JSON object with keys."))
    return list(found)


def object_rows(path: Path, *, codec: str, columns: list[str]) -> Iterator[Record]:
    """Give every line as a row of these columns."""
    for number, line in _lines(path, codec):
        if not line.strip():
            continue
        found = _object(line)
        if found is None:
            clean = line.encode("utf-8", "replace").decode().strip()
            yield Record(number, [clean[:10_000]], Broken.NOT_JSON)
        else:
            yield Record(number, [found.get(column, "") for column in columns])


def _lines(path: Path, codec: str) -> Iterator[tuple[int, str]]:
    with path.open(encoding=codec, errors=ESCAPED) as text:
        yield from enumerate(text, start=1)


def _object(line: str) -> dict[str, str] | None:
    """Read a line; None for what is no object, is nested deeper than any, or is no text."""
    try:
        found = json.loads(line, parse_float=str, parse_int=str)
        if not isinstance(found, dict):
            return None
        flat = _flat(found)
        "".join((line, *flat, *flat.values())).encode()
    except (ValueError, RecursionError):
        return None
    return None if any("\0" in key for key in flat) else flat


def _flat(found: dict[str, Any], prefix: str = "") -> dict[str, str]:
    flat: dict[str, str] = {}
    for key, value in found.items():
        if not isinstance(value, dict):
            flat[f"{prefix}{key}"] = _text(value)
        elif prefix.count(".") >= DEEPEST:
            raise RecursionError
        else:
            flat |= _flat(value, f"{prefix}{key}.")
    return flat


def _text(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
