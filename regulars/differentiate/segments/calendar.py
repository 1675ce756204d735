"""Days and months as segments count them."""

import calendar
from datetime import UTC, date, datetime, time, timedelta, tzinfo

UNITS = ("days", "weeks", "months", "years")
PERIODS = ("week", "month", "quarter", "year")
MONTHS = {"months": 1, "years": 12}
PERIOD_MONTHS = {"month": 1, "quarter": 3, "year": 12}


def back(day: date, count: int, unit: str) -> date:
    """Return the day so long before; of a month too short for it, the last day."""
    if unit in MONTHS:
        return add_months(day, -count * MONTHS[unit])
    try:
        return day - timedelta(days=count * (7 if unit == "weeks" else 1))
    except OverflowError:
        return date.min


def add_months(day: date, months: int) -> date:
    """Return the same day so many months later, or the last day of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year < date.min.year:
        return date.min
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def period(day: date, name: str, *, ago: int = 0) -> tuple[date, date]:
    """Return the first and the last day of the week, month, quarter or year, so many ago."""
    if name == "week":
        monday = day - timedelta(days=day.weekday() + 7 * ago)
        return monday, monday + timedelta(days=6)
    months = PERIOD_MONTHS[name]
    first = date(day.year, (day.month - 1) // months * months + 1, 1)
    first = add_months(first, -ago * months)
    return first, add_months(first, months) - timedelta(days=1)


def midnight(day: date, zone: tzinfo) -> datetime:
    """Return the instant at which a day begins in a zone."""
    return datetime.combine(day, time(), zone).astimezone(UTC)
