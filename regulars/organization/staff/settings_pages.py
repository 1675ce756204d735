"""The settings: one page leads to all, also to those of apps above."""

from dataclasses import dataclass
from typing import cast

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import resolve, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from regulars.organization.audience import Page, StaffRequest, staff_page
from regulars.organization.models import Brand
from regulars.organization.permissions import Permission


@dataclass(frozen=True)
class SettingsPage:
    """A page of settings: its URL's name, which takes the brand, its title, what is set there."""

    name: str
    title: str | Promise
    says: str | Promise


SETTINGS_PAGES = (
    SettingsPage(
        "organization:brand",
        _("Brand"),
        _("Name, time zone, currency, language, two-factor sign-in."),
    ),
    SettingsPage("organization:branches", _("Branches"), _("Where the brand sells.")),
    SettingsPage("organization:people", _("Staff"), _("Who may sign in, and what they may do.")),
    SettingsPage(
        "customers:fields",
        _("Customer fields"),
        _("What the shop wants to know about its customers, beyond the profile."),
    ),
    SettingsPage(
        "customers:blocked_values",
        _("Blocked values"),
        _("E-mail addresses, numbers and ids that identify nobody."),
    ),
    SettingsPage(
        "commerce:goods",
        _("What counts as goods"),
        _("Postage, fees and manual entries, told apart by patterns."),
    ),
    SettingsPage(
        "metrics:thresholds",
        _("Thresholds"),
        _("Where the lines of the board are drawn, and who counts as expected."),
    ),
    SettingsPage("organization:audit", _("Audit"), _("Who saw, changed and exported what.")),
    SettingsPage("staff:system", _("System"), _("What works in the background, and how it fares.")),
)
"""In the order shown. Who may see one is what its view declares."""


@staff_page(Permission.SEE_CUSTOMERS)
def settings(request: StaffRequest, brand: Brand) -> HttpResponse:
    urls = [(page, reverse(page.name, kwargs={"brand": brand.slug})) for page in SETTINGS_PAGES]
    pages = [
        {"page": page, "url": url}
        for page, url in urls
        if cast("Page", resolve(url).func).permission in request.access.permissions
    ]
    return render(request, "organization/settings.html", {"brand": brand, "pages": pages})
