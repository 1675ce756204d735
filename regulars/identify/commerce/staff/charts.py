"""What charts about products draw."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.formats import date_format

from regulars.identify.commerce.sales import Month, Sales
from regulars.lib.money import exponent

WIDEST_BAR = 36


def by_month(sales: Sales, *, currency: str) -> dict[str, Any]:
    """Draw the net value of each month as a bar, in the currency's main unit."""
    months = list(_without_gaps(sales.months))
    return {
        "xAxis": {
            "type": "category",
            "data": [date_format(month.begins_on, "YEAR_MONTH_FORMAT") for month in months],
        },
        "yAxis": {"type": "value", "name": currency},
        "series": [
            {
                "type": "bar",
                "barMaxWidth": WIDEST_BAR,
                "data": [month.net_minor / 10 ** exponent(currency) for month in months],
            }
        ],
    }


def _without_gaps(months: tuple[Month, ...]) -> Iterator[Month]:
    """Put a month of nothing where nothing was sold."""
    expected = months[0].begins_on if months else date.min
    for month in months:
        while expected < month.begins_on:
            yield Month(begins_on=expected, quantity=0, net_minor=0)
            expected = _next(expected)
        yield month
        expected = _next(month.begins_on)


def _next(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)
