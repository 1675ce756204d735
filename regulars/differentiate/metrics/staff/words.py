"""How the pages of metrics name things."""

from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from regulars.differentiate.metrics.cells import Lines


def days(number: float) -> str:
    """Write days without a needless fraction."""
    whole = number == round(number)
    return number_format(round(number)) if whole else number_format(number, 1)


def grouped(number: int) -> str:
    """Write a whole number with its thousands told apart."""
    return number_format(number, force_grouping=True)


def percent(share: float) -> str:
    """Write a share as a number of hundredths, without a needless fraction."""
    return days(round(100 * share, 1))


def moved(change: int) -> str:
    """Write how many more or fewer there are than before; nothing where nothing moved."""
    if not change:
        return ""
    return f"{'▲' if change > 0 else '▼'} {grouped(abs(change))}"


def recency_limits(lines: Lines) -> dict[str, str]:
    """Say up to how many days each state of recency reaches."""
    reach = {
        "active": lines.active_days,
        "silent": lines.silent_days,
        "dormant": lines.dormant_days,
    }
    said = {state: _("≤ {days} days").format(days=days(limit)) for state, limit in reach.items()}
    return {**said, "churned": str(_("longer"))}


def frequency_limits(lines: Lines) -> dict[str, str]:
    """Say how many visits each state of frequency takes."""
    return {
        "new": _span(1, lines.second_from - 1),
        "second-time": _span(lines.second_from, lines.regular_from - 1),
        "regular": _span(lines.regular_from, lines.fan_from - 1),
        "fan": _("{visits} visits and more").format(visits=lines.fan_from),
    }


def _span(least: int, most: int) -> str:
    if least == most:
        return ngettext("{visits} visit", "{visits} visits", least).format(visits=least)
    return _("{least}–{most} visits").format(least=least, most=most)
