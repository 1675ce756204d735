"""Days as they are said in passing: without the year, when it is this one."""

from datetime import date

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _


def short_day(day: date, *, today: date | None = None) -> str:
    """Write a day of this year as ``4 Nov``, and another with its year."""
    now = today or timezone.localdate()
    # Translators: a day of this year, and of another, in the letters of Django's date filter.
    return date_format(day, _("j M") if day.year == now.year else _("j M Y"))
