"""Questions as addresses: ``?measure=orders&by=month&only=channel:web&period=last-12-month``."""

from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from regulars.differentiate.explore.period import Period, period_told
from regulars.differentiate.explore.question import Condition, Question, question_from
from regulars.organization.public import StaffRequest

START = {
    "measures": ["net_revenue", "orders"],
    "by": ["month"],
    "period": {"last": 12, "unit": "month"},
    "top": 10,
    "show": "line",
}
USUAL_TOP = 10
Told = dict[str, Any]


def told_from(query: QueryDict) -> Told:
    """Read what an address asks, as JSON for ``question_from``."""
    if "measure" not in query:
        return dict(START)
    told: Told = {
        "measures": list(dict.fromkeys(filter(None, query.getlist("measure")))),
        "by": list(dict.fromkeys(filter(None, query.getlist("by")))),
        "where": list(_where(query)),
        "period": _period(query),
        "compare": bool(query.get("compare")),
        "show": query.get("show") or "table",
        "top": None if query.get("top") == "all" else _number(query.get("top", ""), USUAL_TOP),
    }
    if told["period"] is None:
        told["compare"] = False
    return told


def asked_by(request: StaffRequest) -> Question:
    """Read what an address asks, as far as who asks may see it. Raises NotAQuestion."""
    access = request.access
    return question_from(told_from(request.GET), brand=access.brand, masked=access.masked)


def query_of(question: Question, **more: str) -> str:
    """Write the address of a question."""
    pairs: list[tuple[str, str]] = [("measure", one.key) for one in question.measures]
    pairs += [("by", one.key) for one in question.by]
    for condition in question.where:
        verb = "not" if condition.excluded else "only"
        pairs += [(verb, f"{condition.dimension.key}:{value}") for value in condition.values]
    pairs += _period_pairs(question.period)
    pairs += [("compare", "1")] if question.compare else []
    pairs += [("top", str(question.top or "all"))] if question.by else []
    pairs += [("show", question.show.value), *more.items()]
    return "?" + urlencode(pairs)


def period_word(period: Period) -> str:
    """Write a period as one word: ``last-12-month``, ``this-year``, ``all``, ``days``."""
    if period.everything:
        return "all"
    if period.last:
        return f"last-{period.last}-{period.unit}"
    return f"this-{period.unit}" if period.this else "days"


def _period_pairs(period: Period) -> Iterable[tuple[str, str]]:
    yield "period", period_word(period)
    if period.first_on:
        yield "from", period.first_on.isoformat()
    if period.last_on:
        yield "to", period.last_on.isoformat()


def _period(query: QueryDict) -> Told | None:
    days = {name: str(query[name]) for name in ("from", "to") if query.get(name)}
    return period_told(str(query.get("period", "all")), days)


def _where(query: QueryDict) -> Iterator[Told]:
    """Read the conditions; the verb says whether what is ticked on the page is wanted or not."""
    ticked = "not" if query.get("verb") == "not" else "only"
    for verb, name in (("is", "only"), ("is_not", "not")):
        wanted: dict[str, dict[str, None]] = {}
        for text in [*query.getlist(name), *(query.getlist("pick") if name == ticked else [])]:
            key, _colon, value = text.partition(":")
            wanted.setdefault(key, {})[value] = None
        for key, values in wanted.items():
            yield {"dimension": key, verb: list(values)}


def without(question: Question, gone: Condition) -> tuple[Condition, ...]:
    """Return the conditions of a question but one."""
    return tuple(one for one in question.where if one is not gone)


def _number(text: str, otherwise: int) -> int:
    return int(text) if text.isdecimal() and len(text) < 6 else otherwise
