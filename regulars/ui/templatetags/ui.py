from itertools import count

from django import template
from django.urls import reverse

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
