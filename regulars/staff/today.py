"""Today: what needs a person. Each app serves its own panels; this page lists them."""

from dataclasses import dataclass
from datetime import datetime
from typing import cast

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import resolve, reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from regulars.identify.customers.public import newest_customers
from regulars.organization.public import (
    Access,
    Brand,
    Page,
    Permission,
    StaffRequest,
    staff_page,
)


@dataclass(frozen=True, slots=True)
class Panel:
    """A fragment of Today, by the name of its URL. ``wide`` panels go above the columns.

    It answers htmx with one element to stand in the page, or with nothing (an empty answer) when
    it has nothing to say.
    """

    page: str
    wide: bool = False


PANELS: tuple[Panel, ...] = (
    Panel("metrics:today_week", wide=True),
    Panel("staff:today_system", wide=True),
    Panel("metrics:today_matters"),
    Panel("intake:today_imports"),
    Panel("metrics:today_due"),
    Panel("metrics:today_leaving"),
)

GREETINGS = ((5, _("Good morning")), (12, _("Good afternoon")), (18, _("Good evening")))
AT_NIGHT = _("Good evening")


@staff_page(Permission.SEE_CUSTOMERS)
def today(request: StaffRequest, brand: Brand) -> HttpResponse:
    here = timezone.now().astimezone(brand.zone)
    allowed = [panel for panel in PANELS if _may_see(request.access, panel)]
    page = {
        "brand": brand,
        "here": here,
        "greeting": greeting(here),
        "nobody": not newest_customers(brand=brand, limit=1),
        "may_import": request.access.may(Permission.IMPORT),
        "may_manage": request.access.may(Permission.MANAGE_BRAND),
        "wide": [_url(panel, brand) for panel in allowed if panel.wide],
        "narrow": [_url(panel, brand) for panel in allowed if not panel.wide],
    }
    return render(request, "staff/today.html", page)


def greeting(here: datetime) -> str | Promise:
    """Greet as the clock of the shop says."""
    said: str | Promise = AT_NIGHT
    for hour, words in GREETINGS:
        if here.hour >= hour:
            said = words
    return said


def _url(panel: Panel, brand: Brand) -> str:
    return reverse(panel.page, kwargs={"brand": brand.slug})


def _may_see(access: Access, panel: Panel) -> bool:
    page = cast("Page", resolve(_url(panel, access.brand)).func)
    return page.permission in access.permissions
