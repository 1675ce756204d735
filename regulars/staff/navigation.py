"""The console's map: the loop, and under each of its words the pages there are."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from regulars.organization.public import Access, Permission


@dataclass(frozen=True, slots=True)
class Place:
    """A page in the rail. With an ``icon`` of <c-icon> it stands in the bar of a phone, too."""

    label: str | Promise
    page: str
    permission: Permission
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """A word of the loop, and its pages."""

    label: str | Promise
    places: tuple[Place, ...]
    last: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """A place as one request sees it."""

    label: str | Promise
    url: str
    current: bool
    icon: str


@dataclass(frozen=True, slots=True)
class Section:
    """A group as one request sees it."""

    label: str | Promise
    items: tuple[Link, ...]
    last: bool


MAP: tuple[Group, ...] = (
    Group("", (Place(_("Today"), "staff:today", Permission.SEE_CUSTOMERS, icon="today"),)),
    Group(
        _("Identify"),
        (
            Place(_("Customers"), "staff:customers", Permission.SEE_CUSTOMERS, icon="people"),
            Place(_("Products"), "commerce:products", Permission.SEE_CUSTOMERS),
            Place(_("Imports"), "intake:imports", Permission.IMPORT),
        ),
    ),
    Group(
        _("Differentiate"),
        (
            Place(_("Board"), "metrics:board", Permission.SEE_METRICS, icon="board"),
            Place(_("Segments"), "segments:segments", Permission.SEE_METRICS),
            Place(_("Rhythm"), "metrics:rhythm", Permission.SEE_METRICS),
            Place(_("Concentration"), "metrics:concentration", Permission.SEE_METRICS),
            Place(_("Cohorts"), "metrics:cohorts", Permission.SEE_METRICS),
            Place(_("Structure"), "metrics:structure", Permission.SEE_METRICS),
            Place(_("Worth"), "value:worth", Permission.SEE_METRICS),
            Place(_("Churn"), "value:churn", Permission.SEE_METRICS),
            Place(_("Forecast"), "value:forecast", Permission.SEE_METRICS),
            Place(_("Explore"), "explore:explore", Permission.SEE_METRICS),
        ),
    ),
    Group(
        "",
        (Place(_("Settings"), "organization:settings", Permission.MANAGE_BRAND),),
        last=True,
    ),
)
"""The words of the loop join this list with their first page: Measure, Customize, Interact."""


def sections(request: HttpRequest, access: Access) -> tuple[Section, ...]:
    """Draw the map for a person: only where they may go, and with the place where they are."""
    found = (
        Section(group.label, tuple(_links(request, access, group.places)), group.last)
        for group in MAP
    )
    return tuple(section for section in found if section.items)


def _links(request: HttpRequest, access: Access, places: Iterable[Place]) -> Iterable[Link]:
    for place in places:
        if access.may(place.permission):
            url = reverse(place.page, kwargs={"brand": access.brand.slug})
            here = request.path == url or (url.count("/") > 3 and request.path.startswith(url))
            yield Link(place.label, url, here, place.icon)
