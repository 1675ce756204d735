"""What the list of customers is asked for: which people, in what order, with which columns."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from regulars.identify.customers.public import Field, FieldKind
from regulars.lib import money

EXACT = (
    "cell", "before", "due", "city", "country", "source", "branch", "gender", "language", "segment",
)  # fmt: skip
RANGES = ("visits", "net", "recency", "r", "f", "m")
COLUMNS = {
    "net": "net_minor",
    "recency": "recency_days",
    "due": "due_state",
    "branch": "branch_id",
    "before": "cell_before",
    "first": "first_visit_on",
}
"""What columns of the metrics the names in an address mean, where they differ."""
OWN = "field."
"""What begins the name of a field that staff defined."""

LONGEST = 120
LARGEST = 10**12
MOST = 2**31

End = int | str
Reader = Callable[[str], End | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question as the address of the page says it; whatever is nonsense there is left out."""

    exact: dict[str, str] = field(default_factory=dict)
    at_least: dict[str, End] = field(default_factory=dict)
    at_most: dict[str, End] = field(default_factory=dict)
    leaving: bool = False
    sort: str = "net"
    descending: bool = True
    columns: tuple[str, ...] = ()
    after: tuple[Any, int] | None = None

    @property
    def filtered(self) -> bool:
        return bool(self.exact or self.at_least or self.at_most or self.leaving)

    def query(self, **changed: Any) -> str:
        """Write the address of the same question, changed; from its first page unless told."""
        other = replace(self, **{"after": None, **changed})
        pairs: list[tuple[str, str]] = list(other.exact.items())
        pairs += [(f"{name}_from", str(least)) for name, least in other.at_least.items()]
        pairs += [(f"{name}_to", str(most)) for name, most in other.at_most.items()]
        pairs += [("leaving", "1")] if other.leaving else []
        pairs += [("sort", other.sort if other.descending else f"-{other.sort}")]
        pairs += [("show", column) for column in other.columns]
        pairs += [("after", json.dumps(other.after))] if other.after else []
        return "?" + urlencode(pairs)

    def without(self, name: str) -> str:
        """Write the address of the same question with one filter less."""
        return self.query(
            exact={key: text for key, text in self.exact.items() if key != name},
            at_least={key: least for key, least in self.at_least.items() if key != name},
            at_most={key: most for key, most in self.at_most.items() if key != name},
            leaving=self.leaving and name != "leaving",
        )


def asked(
    query: QueryDict,
    *,
    sorts: frozenset[str],
    columns: frozenset[str],
    fields: Sequence[Field] = (),
) -> Asked:
    """Read the question from an address. A sort begins with ``-`` when it goes upwards.

    ``fields`` are those of the staff by which the person who asks may choose.
    """
    sort = query.get("sort", "net")
    known = sort.removeprefix("-") in sorts
    own = {OWN + one.key: one.kind for one in fields}
    exact = (*EXACT, *(name for name, kind in own.items() if kind not in READ))
    readers: dict[str, Reader] = dict.fromkeys(RANGES, _number)
    readers["first"] = _day
    readers |= {name: READ[kind] for name, kind in own.items() if kind in READ}
    return Asked(
        exact={name: text[:LONGEST] for name in exact if (text := query.get(name, "").strip())},
        at_least=_ends(query, readers, "from"),
        at_most=_ends(query, readers, "to"),
        leaving=bool(query.get("leaving")),
        sort=sort.removeprefix("-") if known else "net",
        descending=not (known and sort.startswith("-")),
        columns=tuple(one for one in query.getlist("show") if one in columns),
        after=_place(query.get("after", "")),
    )


def segments_named(question: Asked) -> list[int]:
    """Read ``12,15,-7``: who is in the segments 12 and 15, and not in 7. 0 is nobody's."""
    return [_segment(text) for text in question.exact.get("segment", "").split(",") if text]


def _segment(text: str) -> int:
    digits = text.removeprefix("-")
    known = digits.isdecimal() and len(digits) < 10
    return int(text) if known else 0


def _ends(query: QueryDict, readers: Mapping[str, Reader], end: str) -> dict[str, End]:
    found = {name: read(query.get(f"{name}_{end}", "")) for name, read in readers.items()}
    return {name: limit for name, limit in found.items() if limit is not None}


def _number(text: str) -> int | None:
    try:
        number = money.parse(text, "JPY")  # whole units, grouped as people write them
    except money.NotMoney:
        return None
    return number if abs(number) < LARGEST else None


def _day(text: str) -> str | None:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return None


READ: dict[str, Reader] = {FieldKind.NUMBER: _number, FieldKind.DATE: _day}
"""Fields that are asked from and to, by their kind."""


def _place(text: str) -> tuple[Any, int] | None:
    try:
        value, customer_id = json.loads(text)
    except (ValueError, TypeError):
        return None
    scalar = value is None or isinstance(value, (str, int, float))
    whole = isinstance(customer_id, int) and 0 < customer_id < MOST
    return (value, customer_id) if scalar and whole else None
