"""When it happened, on the calendar of the brand's time zone."""

from collections.abc import Callable, Collection, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from regulars.differentiate.explore.dimension import Dimension, day_from, number_from
from regulars.differentiate.explore.grains import About
from regulars.differentiate.explore.scope import Scope
from regulars.organization.public import Brand

if TYPE_CHECKING:
    import ibis

TIME = gettext_lazy("Time")


def first_day(day: "ibis.Column", unit: str) -> "ibis.Value":
    """Return the first day of the unit in which each day lies."""
    return day.truncate(unit).cast("timestamp").cast("date")  # the engine makes it an instant


def _beginning(unit: str) -> Callable[["ibis.Table", Scope], "ibis.Value"]:
    return lambda table, scope: first_day(table.day, unit)  # noqa: ARG005


def _each(say: Callable[[date], str]) -> Callable[[Brand, Collection[str]], Mapping[str, str]]:
    return lambda brand, values: {  # noqa: ARG005
        value: say(date.fromisoformat(value)) for value in values
    }


def _week(day: date) -> str:
    until = day + timedelta(days=6)
    return f"{date_format(day, 'SHORT_DATE_FORMAT')} – {date_format(until, 'SHORT_DATE_FORMAT')}"


def say_month(day: date) -> str:
    """Say a month with its year."""
    return date_format(day, "YEAR_MONTH_FORMAT")


def _quarter(day: date) -> str:
    return _("Q%(quarter)s %(year)s") % {"quarter": (day.month + 2) // 3, "year": day.year}


def _weekdays(_brand: Brand, values: Collection[str]) -> Mapping[str, str]:
    return {value: str(WEEKDAYS[int(value)]) for value in values}


day = Dimension(
    key="day",
    label=gettext_lazy("Day"),
    sentence=gettext_lazy("The day in the brand's time zone: of the order, the refund, the visit."),
    about=About.DAY,
    column=lambda table, scope: table.day,  # noqa: ARG005
    group=TIME,
    in_order=True,
    in_time=True,
    read=day_from,
    words=_each(date_format),
)
week = Dimension(
    key="week",
    label=gettext_lazy("Week"),
    sentence=gettext_lazy("The week from Monday to Sunday, named by its first day."),
    about=About.DAY,
    column=_beginning("W"),
    group=TIME,
    in_order=True,
    in_time=True,
    read=day_from,
    words=_each(_week),
)
month = Dimension(
    key="month",
    label=gettext_lazy("Month"),
    sentence=gettext_lazy("The calendar month."),
    about=About.DAY,
    column=_beginning("M"),
    group=TIME,
    in_order=True,
    in_time=True,
    read=day_from,
    words=_each(say_month),
)
quarter = Dimension(
    key="quarter",
    label=gettext_lazy("Quarter"),
    sentence=gettext_lazy("The quarter of the calendar year."),
    about=About.DAY,
    column=_beginning("Q"),
    group=TIME,
    in_order=True,
    in_time=True,
    read=day_from,
    words=_each(_quarter),
)
year = Dimension(
    key="year",
    label=gettext_lazy("Year"),
    sentence=gettext_lazy("The calendar year."),
    about=About.DAY,
    column=_beginning("Y"),
    group=TIME,
    in_order=True,
    in_time=True,
    read=day_from,
    words=_each(lambda day: str(day.year)),
)
weekday = Dimension(
    key="weekday",
    label=gettext_lazy("Day of the week"),
    sentence=gettext_lazy("Monday to Sunday."),
    about=About.DAY,
    column=lambda table, scope: table.day.day_of_week.index(),  # noqa: ARG005
    group=TIME,
    in_order=True,
    read=number_from,
    words=_weekdays,
    every=tuple(str(number) for number in range(7)),
)
