"""The columns of the list of customers."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from regulars.identify.customers.public import Field, FieldKind, shown_field
from regulars.lib.money import format_money
from regulars.organization.public import Brand
from regulars.staff.customers.asked import OWN

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """``sort`` names the order it can be put in, if any; ``number`` is aligned to the right."""

    key: str
    label: str | Promise
    show: Callable[[Row, Brand], str]
    sort: str = ""
    number: bool = False
    badge: bool = False
    usual: bool = True
    wide: bool = True


def _text(name: str) -> Callable[[Row, Brand], str]:
    return lambda row, brand: str(row.get(name) or "")  # noqa: ARG005


def _count(name: str) -> Callable[[Row, Brand], str]:
    return lambda row, brand: f"{row[name]:,}" if row.get(name) is not None else ""  # noqa: ARG005


def _day(name: str) -> Callable[[Row, Brand], str]:
    return lambda row, brand: date_format(row[name]) if row.get(name) else ""  # noqa: ARG005


def _share(name: str) -> Callable[[Row, Brand], str]:
    return lambda row, brand: "" if row.get(name) is None else f"{100 * row[name]:.0f} %"  # noqa: ARG005


def _money(name: str) -> Callable[[Row, Brand], str]:
    def show(row: Row, brand: Brand) -> str:
        if row.get(name) is None:
            return ""
        return format_money(int(row[name]), brand.currency, get_language() or "en")

    return show


RECENCY = {
    "active": pgettext_lazy("cell", "active"),
    "silent": pgettext_lazy("cell", "silent"),
    "dormant": pgettext_lazy("cell", "dormant"),
    "churned": pgettext_lazy("cell", "churned"),
}
FREQUENCY = {
    "new": pgettext_lazy("cell", "new"),
    "second-time": pgettext_lazy("cell", "second-time"),
    "regular": pgettext_lazy("cell", "regular"),
    "fan": pgettext_lazy("cell", "fan"),
}
DUE = {
    "due": pgettext_lazy("cell", "due"),
    "overdue": pgettext_lazy("cell", "overdue"),
    "later": pgettext_lazy("cell", "later"),
}


def cell_label(cell: str) -> str:
    """Write ``active/fan`` for reading: active · fan."""
    recency, _slash, frequency = cell.partition("/")
    if recency not in RECENCY or frequency not in FREQUENCY:
        return ""
    return f"{RECENCY[recency]} · {FREQUENCY[frequency]}"


def _cell(row: Row, _brand: Brand) -> str:
    return cell_label(f"{row.get('recency_state')}/{row.get('frequency_state')}")


def _due(row: Row, _brand: Brand) -> str:
    day, state = row.get("due_on"), row.get("due_state")
    if not day:
        return ""
    return f"{date_format(day)} · {DUE[state]}" if state in {"due", "overdue"} else date_format(day)


def _cadence(row: Row, _brand: Brand) -> str:
    days = row.get("cadence_days")
    return "" if days is None else _("%(days)s days") % {"days": f"{days:g}"}


def _scores(row: Row, _brand: Brand) -> str:
    scores = [row.get(name) for name in "rfm"]
    return "" if None in scores else "R{} F{} M{}".format(*scores)


def _language(row: Row, _brand: Brand) -> str:
    code = row.get("language") or ""
    return str(dict(settings.LANGUAGES).get(code, code))


COLUMNS = (
    Column(
        key="cell",
        label=gettext_lazy("Cell"),
        show=_cell,
        badge=True,
    ),
    Column(
        key="net",
        label=gettext_lazy("Net value"),
        show=_money("net_minor"),
        sort="net",
        number=True,
        wide=False,
    ),
    Column(
        key="visits",
        label=gettext_lazy("Visits"),
        show=_count("visits"),
        sort="visits",
        number=True,
    ),
    Column(
        key="last", label=gettext_lazy("Last visit"), show=_day("last_visit_on"), sort="recency"
    ),
    Column(key="due", label=gettext_lazy("Next due"), show=_due, sort="due"),
    Column(key="city", label=gettext_lazy("City"), show=_text("city")),
    Column(key="branch", label=gettext_lazy("Home branch"), show=_text("branch"), usual=False),
    Column(key="scores", label=gettext_lazy("RFM"), show=_scores, usual=False),
    Column(
        key="orders",
        label=gettext_lazy("Orders"),
        show=_count("orders"),
        sort="orders",
        number=True,
        usual=False,
    ),
    Column(
        key="average",
        label=gettext_lazy("Average order"),
        show=_money("average_order_minor"),
        sort="order",
        number=True,
        usual=False,
    ),
    Column(
        key="cadence",
        label=gettext_lazy("Cadence"),
        show=_cadence,
        sort="cadence",
        number=True,
        usual=False,
    ),
    Column(
        key="first",
        label=gettext_lazy("First visit"),
        show=_day("first_visit_on"),
        sort="first",
        usual=False,
    ),
    Column(key="source", label=gettext_lazy("Source"), show=_text("source"), usual=False),
    Column(key="gender", label=gettext_lazy("Gender"), show=_text("gender"), usual=False),
    Column(key="language", label=gettext_lazy("Language"), show=_language, usual=False),
    Column(
        key="chance",
        label=gettext_lazy("Still there"),
        show=_share("alive"),
        number=True,
        usual=False,
    ),
    Column(
        key="expected",
        label=gettext_lazy("Expected value"),
        show=_money("expected_value_minor"),
        number=True,
        usual=False,
    ),
    Column(
        key="lifetime",
        label=gettext_lazy("Lifetime value"),
        show=_money("lifetime_minor"),
        number=True,
        usual=False,
    ),
    Column(key="act", label=gettext_lazy("Day to act"), show=_day("act_on"), usual=False),
    Column(
        key="since",
        label=gettext_lazy("Known since"),
        show=_day("created_at"),
        usual=False,
        wide=False,
    ),
)
USUAL = tuple(column.key for column in COLUMNS if column.usual)
VALUED = frozenset({"chance", "expected", "lifetime", "act"})
"""What is read from the newest valuation, only when it is shown."""
UNJUDGED = ("city", "branch", "source", "since")
"""What can be shown before the first metrics."""


def own_columns(fields: Sequence[Field]) -> Iterator[Column]:
    """Return a column for each field that staff defined."""
    for field in fields:
        number = field.kind == FieldKind.NUMBER
        yield Column(
            key=OWN + field.key, label=field.label, show=_own(field), number=number, usual=False
        )


def _own(field: Field) -> Callable[[Row, Brand], str]:
    def show(row: Row, _brand: Brand) -> str:
        value = row["fields"].get(field.key)
        return "" if value is None else shown_field(field, value)

    return show
