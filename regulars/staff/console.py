"""What every page of the console shows around itself."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from regulars.lake.public import latest_snapshot
from regulars.organization.public import Access, Brand, Permission, brands_of
from regulars.staff.navigation import Link, Section, sections

STALE_AFTER_SECONDS = 120


@dataclass(frozen=True, slots=True)
class BrandLink:
    """A brand to switch to."""

    name: str
    url: str
    current: bool


class Console:
    """The frame of a page; asks the database only for what the template draws."""

    def __init__(self, request: HttpRequest, access: Access) -> None:
        self.request = request
        self.access = access

    @property
    def brand(self) -> Brand:
        return self.access.brand

    @cached_property
    def navigation(self) -> tuple[Section, ...]:
        return sections(self.request, self.access)

    @property
    def search_url(self) -> str:
        if not self.access.may(Permission.SEE_CUSTOMERS):
            return ""
        return reverse("staff:search", kwargs={"brand": self.brand.slug})

    @property
    def thumb(self) -> list[Link]:
        return [link for section in self.navigation for link in section.items if link.icon]

    @cached_property
    def brands(self) -> list[BrandLink]:
        return [
            BrandLink(
                brand.name,
                reverse("staff:today", kwargs={"brand": brand.slug}),
                brand == self.brand,
            )
            for brand in brands_of(self.access.user)
        ]

    @cached_property
    def as_of(self) -> datetime | None:
        snapshot = latest_snapshot()
        return snapshot.at.astimezone(self.brand.zone) if snapshot else None

    @property
    def stale(self) -> bool:
        return not self.as_of or (timezone.now() - self.as_of).total_seconds() > STALE_AFTER_SECONDS


def _today_of(brand: Brand) -> str:
    return reverse("staff:today", kwargs={"brand": brand.slug})


def console(request: HttpRequest) -> dict[str, Console]:
    """Put the frame into the context of a brand's pages."""
    access = getattr(request, "access", None)
    return {"console": Console(request, access)} if access else {}
