"""The brand and the day that a command is asked about."""

from datetime import date, datetime
from typing import Annotated

import typer

from regulars.cli.days import WRITTEN, read_day
from regulars.cli.saying import Misused, Refused
from regulars.organization.public import Brand, brand_called

BrandSlug = Annotated[str, typer.Option("--brand", help="Short name of the brand.")]
AsOf = Annotated[
    date | None,
    typer.Option(
        parser=read_day, metavar=WRITTEN, help="The day one looks from; today when left out."
    ),
]


def brand_asked(slug: str) -> Brand:
    """Return the brand of this short name. Raises Refused, with the names there are."""
    found = brand_called(slug)
    if found is None:
        known = ", ".join(Brand.objects.order_by("slug").values_list("slug", flat=True))
        raise Refused(f"There is no brand {slug}. Brands: {known or 'none yet'}.")
    return found


def day_asked(as_of: date | None, *, brand: Brand, now: datetime) -> date | None:
    """Return the day one looks from. Raises Misused for a day that has not come."""
    if as_of is None:
        return None
    today = now.astimezone(brand.zone).date()
    if as_of > today:
        raise Misused(f"{as_of} has not come yet: name a day until {today}.")
    return as_of
