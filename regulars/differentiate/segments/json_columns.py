"""Read members out of columns of JSON objects."""

import re

import ibis

from regulars.lake.public import text_in_json

NAME = re.compile(r"[\w $-]{1,60}(\.[\w $-]{1,60}){0,4}")


def is_name(name: str) -> bool:
    """Whether a text can name a member: words, parted by dots where objects are nested."""
    return bool(NAME.fullmatch(name))


def text_in(document: ibis.Column, name: str) -> ibis.Column:
    """Return a member as text; null when it is not there, null or empty."""
    return text_in_json(document, *name.split(".")).nullif("")


def typed(text: ibis.Column, kind: str) -> ibis.Column:
    """Return a text as the kind of value it is to be; null when it is none."""
    if kind == "number":
        number = text.try_cast("float64")
        return ibis.ifelse(number.isnan() | number.isinf(), ibis.null(), number)
    if kind == "day":
        return text.try_cast("date")
    if kind == "yes_no":
        return text.lower().isin(["true", "1"])
    return text
