"""Comparisons in plain Python: an unknown value satisfies none but ``unknown``."""

import re
from datetime import date
from typing import Any

Row = dict[str, Any]


def compare(asked: Row, value: Any, today: date) -> bool:
    how, given = asked["is"], asked.get("value")
    if how in {"known", "unknown"}:
        return (value is None) == (how == "unknown")
    if value is None:
        return False
    if isinstance(value, str):
        return compare_text(how, value, given)
    if isinstance(value, bool):
        return value == (how == "yes")
    if isinstance(value, date):
        return compare_day(how, value, given, today)
    return {
        "equals": lambda: value == given, "differs": lambda: value != given,
        "at_least": lambda: value >= given, "more_than": lambda: value > given,
        "at_most": lambda: value <= given, "less_than": lambda: value < given,
        "between": lambda: given[0] <= value <= given[1],
    }[how]()  # fmt: skip


def compare_text(how: str, whole: str, given: Any) -> bool:
    value = whole.lower()
    if how in {"one_of", "none_of"}:
        return (value in [one.lower() for one in given]) == (how == "one_of")
    if how == "under":
        return any(parts(value)[: len(parts(p))] == parts(p.lower()) for p in given)
    if how == "matches":
        return re.search(given, whole) is not None
    word = given.lower()
    return {"contains": word in value, "starts_with": value.startswith(word),
            "ends_with": value.endswith(word)}[how]  # fmt: skip


def parts(path: str) -> list[str]:
    return [part.strip(" ") for part in path.replace(">", "/").split("/")]


def compare_day(how: str, value: date, given: Any, today: date) -> bool:
    if how in {"on", "before", "after"}:
        day = date.fromisoformat(given)
        return {"on": value == day, "before": value < day, "after": value > day}[how]
    if how == "between":
        return date.fromisoformat(given[0]) <= value <= date.fromisoformat(given[1])
    ago = (today - value).days
    return {"in_last_days": 0 <= ago < given, "in_next_days": -given < ago <= 0,
            "over_days_ago": ago > given}[how]  # fmt: skip
