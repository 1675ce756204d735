"""Birthdays and other days that return every year, as columns.

Who was born on 29 February has the birthday on 28 February in years without one.
"""

import calendar
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ibis


def age_on(born_on: "ibis.Column", day: date) -> "ibis.Column":
    """Return ages in whole years, negative before the birth."""
    import ibis

    return (
        ibis.literal(day.year) - born_on.year() - (_place(born_on, day) > _number(day)).cast("int")
    )


def days_until_birthday(born_on: "ibis.Column", day: date) -> "ibis.Column":
    """Return the days until the next birthday: 0 on the day itself."""
    return _next(born_on, day).delta(day, unit="day")


def days_since_birthday(born_on: "ibis.Column", day: date) -> "ibis.Column":
    """Return the days since the latest birthday: 0 on the day itself."""
    return latest_birthday(born_on, day).delta(day, unit="day") * -1


def next_age(born_on: "ibis.Column", day: date) -> "ibis.Column":
    """Return the age that is reached on the next birthday, today's included."""
    return _next(born_on, day).year() - born_on.year()


def latest_birthday(born_on: "ibis.Column", day: date) -> "ibis.Column":
    """Return the latest birthday up to a day, with the day of birth as the first."""
    ahead = _place(born_on, day) > _number(day)
    return ahead.ifelse(_in_year(born_on, day.year - 1), _in_year(born_on, day.year))


def _next(born_on: "ibis.Column", day: date) -> "ibis.Column":
    passed = _place(born_on, day) < _number(day)
    return passed.ifelse(_in_year(born_on, day.year + 1), _in_year(born_on, day.year))


def _number(day: date) -> int:
    return day.month * 100 + day.day


def _place(born_on: "ibis.Column", day: date) -> "ibis.Column":
    """Return where in the year birthdays are, as month × 100 + day."""
    place = born_on.month() * 100 + born_on.day()
    return place if calendar.isleap(day.year) else (place == 229).ifelse(228, place)


def _in_year(born_on: "ibis.Column", year: int) -> "ibis.Column":
    import ibis

    leap = born_on.day() if calendar.isleap(year) else _shortened(born_on)
    return ibis.date(ibis.literal(year), born_on.month(), leap)


def _shortened(born_on: "ibis.Column") -> "ibis.Column":
    return ((born_on.month() == 2) & (born_on.day() == 29)).ifelse(28, born_on.day())
