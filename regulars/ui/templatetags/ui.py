from datetime import date
from itertools import count

from django import template
from django.urls import reverse
from django.utils.formats import number_format

from regulars.ui import days
from regulars.ui.assets import fingerprint

register = template.Library()
_numbers = count(1)


@register.simple_tag
def stylesheet() -> str:
    """Name the style sheet of this release."""
    return reverse("stylesheet", kwargs={"fingerprint": fingerprint()})


@register.simple_tag
def unique_id() -> str:
    """Name an element that another one points to; never twice in a page."""
    return f"u{next(_numbers)}"


@register.filter
def grouped(value: object) -> object:
    """Write a whole number with its thousands told apart; leave everything else as it is."""
    if isinstance(value, bool) or not str(value).lstrip("-").isdecimal():
        return value
    return number_format(int(str(value)), force_grouping=True)


@register.filter
def short_day(value: date | None) -> str:
    """Write a day without the year, when it is this one; nothing for no day."""
    return days.short_day(value) if value else ""
