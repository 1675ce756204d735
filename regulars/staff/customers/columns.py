"""The columns of the list of customers."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from regulars.differentiate.metrics.public import METRICS, VALUE_METRICS, Metric
from regulars.identify.customers.public import Field, FieldKind, shown_field
from regulars.organization.public import Brand
from regulars.staff.customers.asked import OWN

Row = Mapping[str, Any]
Show = Callable[[Row, Brand], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """``sort`` names the order it can be put in, if any, which is that of the metric ``by``;
    ``number`` is aligned to the right.
    """

    key: str
    label: str | Promise
    show: Show
    sentence: str | Promise = ""
    sort: str = ""
    by: str = ""
    number: bool = False
    badge: bool = False
    usual: bool = False
    wide: bool = True


def _metric(name: str, show: Show | None = None, **more: Any) -> Column:
    """Show a metric; one that is a number or a day can be sorted by."""
    metric = METRICS[name]
    words: dict[str, Any] = {"key": name, "label": metric.label, "sentence": metric.sentence}
    if not metric.states:
        words |= {"sort": more.get("key", name), "by": name, "number": metric.number}
    if show is None:
        show = _said(metric)
    return Column(show=show, **words | more)


def _value(name: str, key: str, show: Show | None = None) -> Column:
    metric = VALUE_METRICS[name]
    return Column(key=key, label=metric.label, show=show or _said(metric), number=metric.number)


def _said(metric: Metric) -> Show:
    return lambda row, brand: metric.say(row.get(metric.key), brand)


def _text(name: str) -> Show:
    return lambda row, brand: str(row.get(name) or "")  # noqa: ARG005


def _day(name: str) -> Show:
    return lambda row, brand: date_format(row[name]) if row.get(name) else ""  # noqa: ARG005


def _share(row: Row, _brand: Brand) -> str:
    return "" if row.get("alive") is None else f"{100 * row['alive']:.0f} %"


def _due(row: Row, brand: Brand) -> str:
    day, state = (METRICS[name].say(row.get(name), brand) for name in ("due_on", "due_state"))
    return f"{day} · {state}" if row.get("due_state") in {"due", "overdue"} else day


def _scores(row: Row, _brand: Brand) -> str:
    scores = [row.get(name) for name in "rfm"]
    return "" if None in scores else "R{} F{} M{}".format(*scores)


def _language(row: Row, _brand: Brand) -> str:
    code = row.get("language") or ""
    return str(dict(settings.LANGUAGES).get(code, code))


COLUMNS = (
    _metric("cell", badge=True, usual=True),
    _metric("net_minor", key="net", usual=True, wide=False),
    _metric("visits", usual=True),
    _metric("last_visit_on", key="last", sort="recency", usual=True),
    _metric("due_on", _due, key="due", usual=True),
    Column(key="city", label=_("City"), show=_text("city"), usual=True),
    Column(key="branch", label=_("Home branch"), show=_text("branch")),
    Column(key="scores", label=_("RFM"), show=_scores),
    _metric("orders"),
    _metric("average_order_minor", key="average", sort="order"),
    _metric("cadence_days", key="cadence"),
    _metric("first_visit_on", key="first"),
    Column(key="source", label=_("Source"), show=_text("source")),
    Column(key="gender", label=_("Gender"), show=_text("gender")),
    Column(key="language", label=_("Language"), show=_language),
    _value("alive", "chance", _share),
    _value("expected_value_minor", "expected"),
    _value("lifetime_minor", "lifetime"),
    _value("act_on", "act"),
    Column(key="since", label=_("Known since"), show=_day("created_at"), wide=False),
)
USUAL = tuple(column.key for column in COLUMNS if column.usual)
SORTS = {column.sort: column.by for column in COLUMNS if column.sort}
"""What can be sorted by, as addresses say it, and the metrics meant."""
VALUED = frozenset({"chance", "expected", "lifetime", "act"})
"""What is read from the newest valuation, only when it is shown."""
UNJUDGED = ("city", "branch", "source", "since")
"""What can be shown before the first metrics."""


def own_columns(fields: Sequence[Field]) -> Iterator[Column]:
    """Return a column for each field that staff defined."""
    for field in fields:
        number = field.kind == FieldKind.NUMBER
        yield Column(key=OWN + field.key, label=field.label, show=_own(field), number=number)


def _own(field: Field) -> Show:
    def show(row: Row, _brand: Brand) -> str:
        value = row["fields"].get(field.key)
        return "" if value is None else shown_field(field, value)

    return show
