"""The line under a person's name."""

from collections.abc import Iterator
from datetime import date

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from regulars.identify.customers.public import Customer, shown_household


def head_line(customer: Customer, *, today: date, masked: bool) -> str:
    """Return where the person lives, since when they are known, whom they buy for."""
    return " · ".join(_parts(customer, today=today, masked=masked))


def _parts(customer: Customer, *, today: date, masked: bool) -> Iterator[str]:
    if customer.city:
        yield customer.city
    since = date_format(customer.created_at.astimezone(customer.brand.zone), "YEAR_MONTH_FORMAT")
    if customer.source:
        yield _("since %(month)s, from %(source)s") % {"month": since, "source": customer.source}
    else:
        yield _("since %(month)s") % {"month": since}
    for member in shown_household(customer, today=today, masked=masked):
        yield member.short
    if language := dict(settings.LANGUAGES).get(customer.language):
        yield _("reads %(language)s") % {"language": language}
