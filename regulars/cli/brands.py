"""The brand and the day that a command is asked about."""

from datetime import date, datetime
from typing import Annotated

import typer

from regulars.cli.saying import Misused, Refused
from regulars.organization.public import Brand, brand_called

DAY = "%Y-%m-%d"
BrandSlug = Annotated[str, typer.Option("--brand", help="Short name of the brand.")]
AsOf = Annotated[
    datetime | None,
    typer.Option(formats=[DAY], help="The day one looks from; today when left out."),
]


def brand_asked(slug: str) -> Brand:
    """Return the brand of this short name. Raises Refused, with the names there are."""
    found = brand_called(slug)
    if found is None:
        known = ", ".join(Brand.objects.order_by("slug").values_list("slug", flat=True))
        raise Refused(f"There is no brand {slug}. Brands: {known or 'none yet'}.")
    return found


def day_asked(as_of: datetime | None, *, brand: Brand, now: datetime) -> date | None:
    """Return the day one looks from. Raises Misused for a day that has not come."""
    if as_of is None:
        return None
    today = now.astimezone(brand.zone).date()
    if as_of.date() > today:
        raise Misused(f"{as_of.date()} has not come yet: name a day until {today}.")
    return as_of.date()
