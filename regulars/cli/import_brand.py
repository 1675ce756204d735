"""The brand a file goes into: one that is there, or one that the file opens."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction

from regulars.cli.console import Misused, Refused, refusing, say
from regulars.cli.import_terms import Terms
from regulars.identify.commerce.public import Order, Product, Refund
from regulars.identify.intake.public import (
    FileRefused,
    ImportKind,
    NoSuchChoice,
    forget_attempts,
    reading_of,
)
from regulars.organization.public import (
    Brand,
    BrandInUse,
    BrandTaken,
    brand_called,
    change_brand,
    open_brand,
    remove_brand,
)


@contextmanager
def brand_for(slug: str, *, file: Path, kind: ImportKind, terms: Terms) -> Iterator[Brand]:
    """Give the brand, opened if it is new; one that nothing came into is gone after the block."""
    if (known := brand_called(slug)) is not None:
        _agree(known, terms.currency)
        yield known
        return
    try:
        made, remark = _opened(slug, file, kind, terms)
    except BrandTaken:
        yield _opened_meanwhile(slug, terms)
        return
    try:
        yield made
    finally:
        if not _closed_as_empty(made):
            say(remark)


def _opened_meanwhile(slug: str, terms: Terms) -> Brand:
    """Give the brand that another import has opened since this one looked for it."""
    brand = brand_called(slug)
    if brand is None:
        raise Refused(f"Another import has just removed the brand {slug}. Try again.")
    _agree(brand, terms.currency)
    return brand


def _agree(brand: Brand, currency: str) -> None:
    """Let a brand without facts count in the money that is said, and refuse it of any other."""
    if currency in ("", brand.currency):
        return
    if any(model.objects.filter(brand=brand).exists() for model in (Order, Refund, Product)):
        raise Refused(
            f"{brand.slug} counts in {brand.currency}, and --currency says {currency}. Leave it "
            f"out if the amounts of the file are in {brand.currency}; otherwise bring the file "
            f"into a brand of its own: --brand {brand.slug}-{currency.lower()}."
        )
    with refusing(ValidationError, by=Misused):
        change_brand(brand, values={"currency": currency}, by=None, now=datetime.now(UTC))
    brand.refresh_from_db()
    say(f"Nothing was in {brand.slug} yet: it counts in {currency} from now on.")


def _opened(slug: str, file: Path, kind: ImportKind, terms: Terms) -> tuple[Brand, str]:
    """Open the brand, and say what it counts in."""
    with refusing(FileRefused), refusing(NoSuchChoice, by=Misused):
        reading = reading_of(
            file, kind=kind, options=terms.options, preset=terms.preset, mapping=terms.mapping
        )
    zone = terms.options.timezone or reading.timezone
    unit = terms.currency or reading.currency
    with refusing(ValidationError, by=Misused):
        made = open_brand(
            slug=slug,
            timezone=zone or "UTC",
            currency=unit or "EUR",
            by=None,
            now=datetime.now(UTC),
        )
    said = "" if zone and unit else " Say --timezone and --currency if that is not right."
    remark = f"Brand {slug} is new: its clock is {made.timezone}, its money {made.currency}.{said}"
    return made, remark


def _closed_as_empty(brand: Brand) -> bool:
    with transaction.atomic():
        empty = forget_attempts(brand=brand)
        if empty:
            try:
                remove_brand(brand, by=None, now=datetime.now(UTC))
            except BrandInUse:
                return False
    return empty
