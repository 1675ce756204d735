"""Today: what needs a person. Each app serves its own panels; this page lists them."""

from dataclasses import dataclass
from typing import cast

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import resolve, reverse

from regulars.organization.public import Brand, Page, Permission, StaffRequest, staff_page


@dataclass(frozen=True, slots=True)
class Panel:
    """A fragment of Today, by the name of its URL. ``wide`` panels go above the columns."""

    page: str
    wide: bool = False


PANELS: tuple[Panel, ...] = ()


@staff_page(Permission.SEE_CUSTOMERS)
def today(request: StaffRequest, brand: Brand) -> HttpResponse:
    found = [(panel, reverse(panel.page, kwargs={"brand": brand.slug})) for panel in PANELS]
    allowed = [
        (panel, url)
        for panel, url in found
        if cast("Page", resolve(url).func).permission in request.access.permissions
    ]
    wide = [url for panel, url in allowed if panel.wide]
    narrow = [url for panel, url in allowed if not panel.wide]
    return render(request, "staff/today.html", {"brand": brand, "wide": wide, "narrow": narrow})
