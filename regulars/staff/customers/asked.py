"""What the list of customers is asked for: which people, in what order, with which columns."""

import json
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from regulars.lib import money

EXACT = ("cell", "due", "r", "f", "m", "city", "source", "branch", "gender", "language")
RANGES = ("visits", "net", "recency")
LONGEST = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question as the address of the page says it; whatever is nonsense there is left out."""

    exact: dict[str, str] = field(default_factory=dict)
    at_least: dict[str, int] = field(default_factory=dict)
    at_most: dict[str, int] = field(default_factory=dict)
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


def asked(query: QueryDict, *, sorts: frozenset[str], columns: frozenset[str]) -> Asked:
    """Read the question from an address. A sort begins with ``-`` when it goes upwards."""
    sort = query.get("sort", "net")
    known = sort.removeprefix("-") in sorts
    return Asked(
        exact={name: text[:LONGEST] for name in EXACT if (text := query.get(name, "").strip())},
        at_least=_numbers(query, "from"),
        at_most=_numbers(query, "to"),
        leaving=bool(query.get("leaving")),
        sort=sort.removeprefix("-") if known else "net",
        descending=not (known and sort.startswith("-")),
        columns=tuple(one for one in query.getlist("show") if one in columns),
        after=_place(query.get("after", "")),
    )


def _numbers(query: QueryDict, end: str) -> dict[str, int]:
    found = {name: _number(query.get(f"{name}_{end}", "")) for name in RANGES}
    return {name: number for name, number in found.items() if number is not None}


def _number(text: str) -> int | None:
    try:
        return money.parse(text, "JPY")  # whole units, grouped as people write them
    except money.NotMoney:
        return None


def _place(text: str) -> tuple[Any, int] | None:
    try:
        value, customer_id = json.loads(text)
    except (ValueError, TypeError):
        return None
    scalar = value is None or isinstance(value, (str, int, float))
    return (value, customer_id) if scalar and isinstance(customer_id, int) else None
