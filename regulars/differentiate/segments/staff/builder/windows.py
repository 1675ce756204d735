"""The form of a window of time."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from regulars.differentiate.segments.calendar import UNITS
from regulars.differentiate.segments.family import Family
from regulars.differentiate.segments.staff.builder.fields import Field, Problems, select
from regulars.differentiate.segments.windows import ANCHORS, HOURS

SHAPES = {
    "": gettext_lazy("at any time"),
    "moving": gettext_lazy("in the last …"),
    "earlier": gettext_lazy("in the last …, but not the latest"),
    "fixed": gettext_lazy("from … to …"),
    "this": gettext_lazy("in this …"),
    "previous": gettext_lazy("in the last whole …"),
    "after": gettext_lazy("within … days after"),
    "before": gettext_lazy("within … days before"),
}
UNIT_NAMES = {
    HOURS: pgettext_lazy("unit", "hours"),
    "days": pgettext_lazy("unit", "days"),
    "weeks": pgettext_lazy("unit", "weeks"),
    "months": pgettext_lazy("unit", "months"),
    "years": pgettext_lazy("unit", "years"),
}
PERIOD_NAMES = {
    "week": pgettext_lazy("period", "week"),
    "month": pgettext_lazy("period", "month"),
    "quarter": pgettext_lazy("period", "quarter"),
    "year": pgettext_lazy("period", "year"),
}
BEGINS: Mapping[str, Mapping[str, Any]] = {
    "moving": {"last": 90, "unit": "days"},
    "earlier": {"last": 90, "until": 30, "unit": "days"},
    "this": {"this": "month"},
    "previous": {"previous": "month"},
    "after": {"days": 30, "after": "first_visit_on"},
    "before": {"days": 30, "before": "birthday"},
}


def begins(shape: str, name: str) -> dict[str, Any]:
    """Return what a part of a window says when its shape was just chosen."""
    if (shape, name) == ("fixed", "from"):
        return {name: timezone.localdate().replace(month=1, day=1).isoformat()}
    found = BEGINS.get(shape, {})
    return {name: found[name]} if name in found else {}


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowForm:
    """Which kind of window, and what it says."""

    shape: Field
    fields: tuple[Field, ...]


def window_form(
    key: str, told: Mapping[str, Any], family: Family, problems: Problems
) -> WindowForm | None:
    """Return the form of a condition's window, where its family has any."""
    if not family.windowed:
        return None
    window = told.get("window") or {}
    shape = shape_of(window)
    wrong = {str(path[1]) if path[1:] else "" for path in problems if path[:1] == ("window",)}
    return WindowForm(
        shape=select(
            f"{key}.window", _("In which time"), SHAPES.items(), chosen=shape, wrong="" in wrong
        ),
        fields=tuple(_fields(f"{key}.window", shape, window, family, wrong)),
    )


def shape_of(window: Mapping[str, Any]) -> str:
    """Return which kind of window JSON says."""
    if "last" in window:
        return "earlier" if "until" in window else "moving"
    for name in ("this", "previous", "after", "before"):
        if name in window:
            return name
    return "fixed" if window else ""


def _fields(
    name: str, shape: str, window: Mapping[str, Any], family: Family, wrong: set[str]
) -> list[Field]:
    units = {key: UNIT_NAMES[key] for key in ((HOURS, *UNITS) if family.hours else UNITS)}
    whole_units = {key: UNIT_NAMES[key] for key in UNITS}
    part = _Parts(name, window, wrong)
    if shape == "moving":
        return [part.number("last", _("How many")), part.choice("unit", _("Unit"), units)]
    if shape == "earlier":
        return [
            part.number("last", _("How many")),
            part.number("until", _("But not the latest")),
            part.choice("unit", _("Unit"), whole_units),
        ]
    if shape == "fixed":
        return [part.day("from", _("First day")), part.day("to", _("Last day"), before="–")]
    if shape in {"this", "previous"}:
        return [part.choice(shape, _("Period"), PERIOD_NAMES)]
    if shape in {"after", "before"}:
        label = _("After what") if shape == "after" else _("Before what")
        return [part.number("days", _("How many days")), part.choice(shape, label, ANCHORS)]
    return []


@dataclass(frozen=True, slots=True)
class _Parts:
    """Makes the inputs of one window."""

    name: str
    window: Mapping[str, Any]
    wrong: set[str]

    def number(self, part: str, label: str) -> Field:
        return self._input(part, label, "number")

    def day(self, part: str, label: str, *, before: str = "") -> Field:
        return self._input(part, label, "day", before=before)

    def choice(self, part: str, label: str, options: Mapping[str, Any]) -> Field:
        chosen = self.window.get(part, "days" if part == "unit" else None)
        return select(
            f"{self.name}.{part}", label, options.items(), chosen=chosen, redraws=False,
            wrong=part in self.wrong,
        )  # fmt: skip

    def _input(self, part: str, label: str, shape: str, *, before: str = "") -> Field:
        value = self.window.get(part)
        return Field(
            name=f"{self.name}.{part}",
            label=label,
            shape=shape,
            value="" if value is None else str(value),
            before=before,
            wrong=bool({part, ""} & self.wrong),
        )
