"""Write amounts and quantities in templates: ``{{ order.net_minor|money:order.currency }}``."""

from decimal import Decimal

from django import template
from django.utils.translation import get_language

from regulars.lib.money import format_money

register = template.Library()


@register.filter
def money(minor: int | None, currency: str) -> str:
    """Write minor units with the currency's sign and decimals; nothing for None."""
    return "" if minor is None else format_money(minor, currency, get_language() or "en")


@register.filter
def whole_money(minor: int | None, currency: str) -> str:
    """Write minor units rounded to whole units, for figures that are compared at a glance."""
    if minor is None:
        return ""
    return format_money(minor, currency, get_language() or "en", whole=True)


@register.filter
def quantity(number: Decimal | float | None) -> str:
    """Write a quantity without needless decimals: ``2``, ``0.5``."""
    return "" if number is None else f"{number:,.3f}".rstrip("0").rstrip(".")
