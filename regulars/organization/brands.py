"""Open a brand, and change what it is called and how it counts."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import slug_re
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils.text import slugify
from django.utils.translation import gettext as _

from regulars.organization.audit import Actor, audit, user_of
from regulars.organization.changes import Subject, change
from regulars.organization.models import (
    AuditAction,
    AuditEntry,
    Brand,
    Role,
    RoleName,
    TwoFactorFor,
    User,
)
from regulars.organization.two_factor import has_second_factor


class BrandTaken(Exception):
    """Another brand has this short name."""


class BrandInUse(Exception):
    """Something belongs to the brand: customers, orders, branches, events."""


class SecondFactorFirst(Exception):
    """Whoever requires a second factor of others has one."""


def open_brand(
    *,
    slug: str,
    name: str = "",
    timezone: str = "UTC",
    currency: str = "EUR",
    language: str = "en",
    by: Actor,
    now: datetime,
) -> Brand:
    """Open a brand. Raises BrandTaken, and ValidationError for what a brand cannot be."""
    if not slug_re.match(slug):
        raise ValidationError({"slug": _no_short_name(slug)})
    if Brand.objects.filter(slug=slug).exists():
        raise BrandTaken(f"There is a brand {slug} already.")
    brand = Brand(
        slug=slug,
        name=name or slug.title(),
        timezone=timezone,
        currency=currency,
        language=language,
    )
    try:
        brand.full_clean()
        with transaction.atomic():
            brand.save()
            audit(by, AuditAction.CREATE, brand=brand, subject_kind="brand", subject=slug, now=now)
    except (ValidationError, IntegrityError) as refused:
        if Brand.objects.filter(slug=slug).exists():
            raise BrandTaken(f"There is a brand {slug} already.") from refused
        raise
    return brand


def _no_short_name(slug: str) -> str:
    example = slugify(slug)[:40] or "teahouse"
    return _(
        "“%(slug)s” is no short name: it has unaccented letters, digits, hyphens and underscores "
        "only, as in %(example)s."
    ) % {"slug": slug, "example": example}


def remove_brand(brand: Brand, *, by: Actor, now: datetime) -> None:
    """Remove a brand into which nothing ever came. Raises BrandInUse.

    What the audit says of it stays, without the brand.
    """
    slug = brand.slug
    try:
        with transaction.atomic():
            AuditEntry.objects.filter(brand=brand).update(brand=None)
            brand.delete()
            audit(by, AuditAction.REMOVE, subject_kind="brand", subject=slug, now=now)
    except ProtectedError as error:
        raise BrandInUse(slug) from error


def change_brand(
    brand: Brand, *, values: Mapping[str, Any], by: Actor, now: datetime
) -> AuditEntry | None:
    """Set ``values`` on a brand, undoably. Raises ValidationError and SecondFactorFirst."""
    required = values.get("two_factor_for", TwoFactorFor.NOBODY) != TwoFactorFor.NOBODY
    user = user_of(by)
    if required and user is not None and not has_second_factor(user):
        raise SecondFactorFirst
    return change(brand, values, about=brand_subject(brand), by=by, now=now)


def brand_subject(brand: Brand) -> Subject:
    return Subject(brand=brand, kind="brand", key=brand.slug)


def brand_called(slug: str) -> Brand | None:
    """Return the brand with this short name, if there is one."""
    return Brand.objects.filter(slug=slug).first()


def brands_of(user: User) -> list[Brand]:
    """List the brands where a person has a role, by name."""
    places = set(Role.objects.filter(user=user).values_list("brand_id", flat=True))
    brands = Brand.objects.order_by("name")
    return list(brands if None in places else brands.filter(pk__in=places))


def may_open_brands(user: User) -> bool:
    """Whether a person owns all brands, and so those to come."""
    return Role.objects.filter(user=user, name=RoleName.OWNER, brand=None).exists()
