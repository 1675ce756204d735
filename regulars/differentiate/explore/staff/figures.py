"""Write figures for reading, in the language of the moment and the brand's money."""

from django.utils.formats import number_format
from django.utils.translation import get_language

from regulars.differentiate.explore.measure import Measure, Unit
from regulars.lib.money import exponent, format_money
from regulars.organization.public import Brand
from regulars.ui import charts

NOTHING = "–"
LARGE = 100_000  # minor units from which pence are noise


def say(figure: float | None, measure: Measure, brand: Brand, *, whole: bool = False) -> str:
    """Write a figure; what is unknown is a dash. Money is ``whole`` where many stand together."""
    if figure is None:
        return NOTHING
    if measure.unit is Unit.MONEY:
        minor = round(figure)
        language = get_language() or "en"
        return format_money(minor, brand.currency, language, whole=whole or abs(minor) >= LARGE)
    if measure.unit is Unit.SHARE:
        return percent(figure)
    places = 2 if measure.unit is Unit.DECIMAL and abs(figure) < 100 else 0
    return number_format(round(figure, places), places, force_grouping=True)


def percent(share: float) -> str:
    return f"{number_format(round(100 * share, 1), 1, force_grouping=True)} %"


def change(now: float | None, before: float | None) -> tuple[str, str]:
    """Return how much a figure grew, and which way: up, down or "" ."""
    if now is None or not before:
        return ("", "")
    grown = now / before - 1
    way = "up" if grown > 0 else "down" if grown < 0 else ""
    sign = "+" if grown > 0 else "\N{MINUS SIGN}" if grown < 0 else ""
    return (f"{sign}{percent(abs(grown))}", way)


def plain(figure: float | None, measure: Measure, brand: Brand) -> float | None:
    """Return a figure for a chart or a file: money in main units."""
    if figure is None or measure.unit is Unit.SHARE:
        return figure
    if measure.unit is not Unit.MONEY:
        return int(figure) if figure.is_integer() else figure
    unit: int = 10 ** exponent(brand.currency)
    return round(figure / unit, 6)


def axis(measure: Measure, brand: Brand) -> charts.Axis:
    """Return the axis on which a measure is drawn."""
    unit = {Unit.MONEY: charts.Unit.MONEY, Unit.SHARE: charts.Unit.PERCENT}
    return charts.Axis(
        name=measure.label,
        unit=unit.get(measure.unit, charts.Unit.COUNT),
        currency=brand.currency if measure.unit is Unit.MONEY else "",
    )
