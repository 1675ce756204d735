"""Windows of time: from a day to a day, the last so many days, so long after a day of one's own."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from regulars.differentiate.segments.calendar import PERIODS, UNITS, back, period
from regulars.differentiate.segments.problem import Path, refuse

HOURS = "hours"
MOST = 20_000
ANCHORS = {
    "known_since": gettext_lazy("becoming known"),
    "first_visit_on": gettext_lazy("the first visit"),
    "last_visit_on": gettext_lazy("the last visit"),
    "birthday": gettext_lazy("the latest birthday"),
}
THIS = {
    "week": pgettext_lazy("window", "this week"),
    "month": pgettext_lazy("window", "this month"),
    "quarter": pgettext_lazy("window", "this quarter"),
    "year": pgettext_lazy("window", "this year"),
}
PREVIOUS = {
    "week": pgettext_lazy("window", "last week"),
    "month": pgettext_lazy("window", "last month"),
    "quarter": pgettext_lazy("window", "last quarter"),
    "year": pgettext_lazy("window", "last year"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """A window as it was asked for. Which fields are set says which kind it is; none: ever.

    fixed: ``start``, ``end``, both days counted in. moving: ``last`` so many ``unit``, up to and
    with today, and ``until`` so many of them ago. calendar: ``this`` or ``previous`` period.
    relative: ``after`` or ``before`` a day of the customer's own, ``days`` long.
    """

    start: date | None = None
    end: date | None = None
    last: int | None = None
    until: int = 0
    unit: str = "days"
    this: str = ""
    previous: str = ""
    after: str = ""
    before: str = ""
    days: int = 0

    @property
    def ever(self) -> bool:
        return self == EVER

    @property
    def relative(self) -> bool:
        return bool(self.after or self.before)

    @property
    def hours(self) -> bool:
        return self.last is not None and self.unit == HOURS

    def span(self, today: date) -> tuple[date | None, date | None]:
        """Return the first and the last day of a window that is neither relative nor in hours."""
        if self.last is not None:
            first = back(today, self.last, self.unit)
            return min(first, date.max - timedelta(1)) + timedelta(1), back(
                today, self.until, self.unit
            )
        if self.this or self.previous:
            return period(today, self.this or self.previous, ago=0 if self.this else 1)
        return self.start, self.end


EVER = Window()
SHAPES: tuple[frozenset[str], ...] = (
    frozenset({"from", "to"}),
    frozenset({"last", "until", "unit"}),
    frozenset({"this"}),
    frozenset({"previous"}),
    frozenset({"days", "after"}),
    frozenset({"days", "before"}),
)


def read_window(given: Any, path: Path, *, hours: bool = False) -> Window:
    """Take a window out of JSON; ``hours`` may be asked for where instants are known.

    Raises NotATree.
    """
    if given is None:
        return EVER
    if not isinstance(given, dict) or not given:
        raise refuse(path, _("A window is needed here, such as {“last”: 90, “unit”: “days”}."))
    if not any(set(given) <= shape for shape in SHAPES):
        raise refuse(path, _("These do not belong together in a window."))
    for name, read in _READ.items():
        if name in given:
            return read(given, path, hours)
    raise refuse(path, _("This window says no time."))


def say_window(window: Window) -> str:
    """Write a window as it stands in a sentence, in the active language."""
    if window.relative:
        return _relative_words(window)
    if window.last is not None:
        return _moving_words(window)
    if window.this or window.previous:
        return str(THIS[window.this] if window.this else PREVIOUS[window.previous])
    return _fixed_words(window)


def _fixed(given: Mapping[str, Any], path: Path, _hours: bool) -> Window:  # noqa: FBT001
    start, end = (_day(given.get(name), (*path, name)) for name in ("from", "to"))
    if start and end and start > end:
        raise refuse(path, _("This window ends before it begins."))
    return Window(start=start, end=end)


def _moving(given: Mapping[str, Any], path: Path, hours: bool) -> Window:  # noqa: FBT001
    units = (HOURS, *UNITS) if hours else UNITS
    unit = given.get("unit", "days")
    if unit not in units:
        known = ", ".join(units)
        raise refuse((*path, "unit"), _("The unit is one of: %(units)s.") % {"units": known})
    last, until = (
        _count(given.get("last"), (*path, "last")),
        _count(given.get("until", 0), (*path, "until"), least=0),
    )
    if until >= last:
        raise refuse(path, _("This window ends before it begins."))
    if until and unit == HOURS:
        raise refuse((*path, "until"), _("A window of hours ends now."))
    return Window(last=last, until=until, unit=unit)


def _calendar(given: Mapping[str, Any], path: Path, _hours: bool) -> Window:  # noqa: FBT001
    [(name, word)] = given.items()
    if word not in PERIODS:
        known = ", ".join(PERIODS)
        raise refuse((*path, name), _("The period is one of: %(units)s.") % {"units": known})
    return Window(this=word) if name == "this" else Window(previous=word)


def _relative(given: Mapping[str, Any], path: Path, _hours: bool) -> Window:  # noqa: FBT001
    days = _count(given.get("days"), (*path, "days"))
    name = "after" if "after" in given else "before"
    if given.get(name) not in ANCHORS:
        known = ", ".join(ANCHORS)
        raise refuse((*path, name), _("The day is one of: %(days)s.") % {"days": known})
    return Window(days=days, **{name: given[name]})


_READ: dict[str, Callable[[Mapping[str, Any], Path, bool], Window]] = {
    "from": _fixed,
    "to": _fixed,
    "last": _moving,
    "this": _calendar,
    "previous": _calendar,
    "days": _relative,
}


def _day(given: Any, path: Path) -> date | None:
    if given is None:
        return None
    try:
        return date.fromisoformat(given)
    except (TypeError, ValueError):
        raise refuse(path, _("A day is written like 2026-01-31.")) from None


def _count(given: Any, path: Path, *, least: int = 1) -> int:
    if isinstance(given, bool) or not isinstance(given, int) or not least <= given <= MOST:
        raise refuse(
            path,
            _("A whole number from %(least)s to %(most)s is needed here.")
            % {"least": least, "most": MOST},
        )
    return given


def _fixed_words(window: Window) -> str:
    shown = {
        "start": window.start and date_format(window.start),
        "end": window.end and date_format(window.end),
    }
    if window.start and window.end:
        return _("from %(start)s to %(end)s") % shown
    return (_("since %(start)s") if window.start else _("until %(end)s")) % shown


def _moving_words(window: Window) -> str:
    last = window.last or 0
    said = {
        HOURS: ngettext("in the last %(count)s hour", "in the last %(count)s hours", last),
        "days": ngettext("in the last %(count)s day", "in the last %(count)s days", last),
        "weeks": ngettext("in the last %(count)s week", "in the last %(count)s weeks", last),
        "months": ngettext("in the last %(count)s month", "in the last %(count)s months", last),
        "years": ngettext("in the last %(count)s year", "in the last %(count)s years", last),
    }[window.unit] % {"count": last}
    if not window.until:
        return said
    but = {
        "days": ngettext("but the last %(count)s day", "but the last %(count)s days", window.until),
        "weeks": ngettext(
            "but the last %(count)s week", "but the last %(count)s weeks", window.until
        ),
        "months": ngettext(
            "but the last %(count)s month", "but the last %(count)s months", window.until
        ),
        "years": ngettext(
            "but the last %(count)s year", "but the last %(count)s years", window.until
        ),
    }[window.unit] % {"count": window.until}
    return f"{said} {but}"


def _relative_words(window: Window) -> str:
    day = {"days": window.days, "day": ANCHORS[window.after or window.before]}
    if window.after:
        return _("within %(days)s days after %(day)s") % day
    return _("within %(days)s days before %(day)s") % day
