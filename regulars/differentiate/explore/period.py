"""Over which days a question is asked, and which days are the period before."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from regulars.differentiate.explore.wrong import NotAQuestion

MONTHS = {"month": 1, "quarter": 3, "year": 12}
UNITS = ("day", "week", *MONTHS)
LONGEST = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Days from the first to the last, both included. ``months`` and ``days`` lead from the span
    before to this one.
    """

    first_on: date
    last_on: date
    months: int = 0
    days: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """All days; the ``last`` whole units that ended; ``this`` unit so far; or from a day to a day.

    The last n days end with the day one looks from; weeks, months, quarters and years that are not
    over are no part of the last ones.
    """

    last: int | None = None
    this: bool = False
    unit: str = "month"
    first_on: date | None = None
    last_on: date | None = None

    @property
    def everything(self) -> bool:
        return not (self.last or self.this or self.first_on or self.last_on)

    def span(self, *, as_of: date) -> Span | None:
        """Return the days as seen from a day; None is all of them."""
        if self.everything:
            return None
        if self.last:
            return _last(self.last, self.unit, as_of)
        if self.this:
            months, days = _length(self.unit)
            return Span(first_on=_begun(as_of, self.unit), last_on=as_of, months=months, days=days)
        first_on, last_on = self.first_on or date.min, self.last_on or as_of
        length = 0 if first_on == date.min else (last_on - first_on).days + 1
        return Span(first_on=first_on, last_on=last_on, days=length)

    def before(self, *, as_of: date) -> Span | None:
        """Return the period before; None when there is none."""
        span = self.span(as_of=as_of)
        if span is None or not (span.months or span.days):
            return None
        if not span.months:
            length = timedelta(days=span.days)
            return Span(first_on=span.first_on - length, last_on=span.last_on - length)
        last_on = _months_later(span.last_on, -span.months)
        if _ends_month(span.last_on):
            last_on = _months_later(span.last_on + timedelta(days=1), -span.months)
            last_on -= timedelta(days=1)
        return Span(first_on=_months_later(span.first_on, -span.months), last_on=last_on)

    def as_dict(self) -> dict[str, Any] | None:
        if self.everything:
            return None
        if self.last:
            return {"last": self.last, "unit": self.unit}
        if self.this:
            return {"this": self.unit}
        told = {"from": self.first_on, "to": self.last_on}
        return {name: day.isoformat() for name, day in told.items() if day}


EVERYTHING = Period()


def period_from(told: Any, at: str = "period") -> Period:
    """Read what ``as_dict`` wrote. Raises NotAQuestion."""
    if told is None or told == {}:
        return EVERYTHING
    if not isinstance(told, dict):
        raise NotAQuestion(at, _('write it as in {"last": 12, "unit": "month"}'))
    if unknown := set(told) - {"last", "unit", "this", "from", "to"}:
        raise NotAQuestion(f"{at}.{min(unknown)}", _("a period has last and unit, this, from, to"))
    unit = told.get("this") or told.get("unit", "month")
    if unit not in UNITS:
        raise NotAQuestion(f"{at}.unit", _("one of %(names)s") % {"names": ", ".join(UNITS)})
    last = told.get("last")
    if last is not None and not (type(last) is int and 0 < last <= LONGEST):
        raise NotAQuestion(f"{at}.last", _("a whole number from 1 to %(most)s") % {"most": LONGEST})
    days = {name: _day(told[name], f"{at}.{name}") for name in ("from", "to") if told.get(name)}
    first_on, last_on = days.get("from"), days.get("to")
    if first_on and last_on and last_on < first_on:
        raise NotAQuestion(f"{at}.to", _("the period ends before it begins"))
    this = bool(told.get("this"))
    return Period(last=last, this=this, unit=unit, first_on=first_on, last_on=last_on)


def period_told(word: str, days: Mapping[str, str]) -> dict[str, Any] | None:
    """Return what ``period_from`` reads, of ``last-12-month``, ``this-year``, ``days`` or ``all``;
    ``days`` are ``from`` and ``to``.
    """
    kind, _dash, rest = word.partition("-")
    count, _dash, unit = rest.partition("-")
    if kind == "last":
        number = int(count) if count.isdecimal() and len(count) < 6 else 0
        return {"last": number, "unit": unit}
    if kind == "this":
        return {"this": rest}
    return dict(days) or None if kind == "days" else None


def _day(text: Any, at: str) -> date:
    try:
        return date.fromisoformat(text)
    except (TypeError, ValueError):
        raise NotAQuestion(at, _("a day is written 2025-11-20")) from None


def _last(count: int, unit: str, as_of: date) -> Span:
    months, days = _length(unit)
    if unit == "day":
        first_on = _days_earlier(as_of, count - 1)
        return Span(first_on=first_on, last_on=as_of, days=count)
    ends_on = _begun(as_of + timedelta(days=1), unit) - timedelta(days=1)
    if months:
        first_on = _months_later(ends_on + timedelta(days=1), -months * count)
        return Span(first_on=first_on, last_on=ends_on, months=months * count)
    return Span(
        first_on=_days_earlier(ends_on, days * count - 1), last_on=ends_on, days=days * count
    )


def _length(unit: str) -> tuple[int, int]:
    """Return a unit in months, or in days."""
    return MONTHS.get(unit, 0), {"day": 1, "week": 7}.get(unit, 0)


def _begun(day: date, unit: str) -> date:
    """Return the first day of the unit in which a day lies."""
    if unit == "day":
        return day
    if unit == "week":
        return day - timedelta(days=day.weekday())
    months = MONTHS[unit]
    return date(day.year, (day.month - 1) // months * months + 1, 1)


def _months_later(day: date, months: int) -> date:
    """Return the same day some months later or earlier, or that month's last."""
    number = day.year * 12 + day.month - 1 + months
    if number < 12:
        return date.min
    year, month = divmod(number, 12)
    following = date(year + month // 11, (month + 1) % 12 + 1, 1)
    last = (following - timedelta(days=1)).day
    return date(year, month + 1, min(day.day, last))


def _days_earlier(day: date, days: int) -> date:
    return date.fromordinal(max(1, day.toordinal() - days))


def _ends_month(day: date) -> bool:
    return (day + timedelta(days=1)).day == 1
