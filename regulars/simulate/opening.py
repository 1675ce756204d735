"""Open a simulated shop for business: the brand, its branches, fields, goods and staff."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from regulars.identify.commerce.public import (
    Product,
    ProductFacts,
    ProductKind,
    register_product,
)
from regulars.identify.customers.public import define_field, fields_of
from regulars.lib import money
from regulars.organization.public import (
    Branch,
    Brand,
    RoleName,
    User,
    add_staff,
    brand_called,
    change_brand,
    grant_role,
    open_branch,
    open_brand,
    set_password,
)
from regulars.simulate.shop import Shop


@dataclass(frozen=True, slots=True, kw_only=True)
class Colleague:
    """A member of staff; without ``brand`` at all brands, without ``branch`` at all branches."""

    email: str
    name: str
    role: RoleName
    brand: str = ""
    branch: str = ""
    language: str = "en"


STAFF = (
    Colleague(email="dan@regulars.test", name="Dan Nowak", role=RoleName.OWNER),
    Colleague(
        email="mia@regulars.test", name="Mia Stone", role=RoleName.MARKETER, brand="teahouse"
    ),
    Colleague(
        email="ana@regulars.test", name="Ana Petrov", role=RoleName.ANALYST, brand="teahouse"
    ),
    Colleague(email="sam@regulars.test", name="Sam Okoye", role=RoleName.SERVICE, brand="teahouse"),
    Colleague(
        email="ben@regulars.test",
        name="Ben Adler",
        role=RoleName.BRANCH_MANAGER,
        brand="teahouse",
        branch="soho",
    ),
    Colleague(email="rosa@regulars.test", name="Rosa Blum", role=RoleName.OWNER, brand="bakery"),
    Colleague(
        email="lin@regulars.test",
        name="林悦",
        role=RoleName.MARKETER,
        brand="bakery",
        language="zh-hans",
    ),
)
OWNER = STAFF[0]


def open_shop(shop: Shop, *, opened_at: datetime, by: User | None, now: datetime) -> Brand:
    """Open the brand of a simulated shop with branches, fields and goods; what is there stays."""
    with transaction.atomic():
        brand = brand_called(shop.slug) or open_brand(
            slug=shop.slug,
            name=shop.name,
            timezone=shop.timezone,
            currency=shop.currency,
            language=shop.language,
            by=by,
            now=now,
        )
        if not brand.country:
            change_brand(brand, values={"country": shop.places[0].country}, by=by, now=now)
        _open_branches(brand, shop, opened_at=opened_at, by=by, now=now)
        _define_fields(brand, shop, by=by, now=now)
        _stock(brand, shop, by=by, now=now)
    return brand


def employ(
    staff: Sequence[Colleague], *, password: str, by: User | None, now: datetime
) -> list[User]:
    """Take the staff on, with one password for all; who is there already keeps theirs.

    The brands and branches must be open.
    """
    return [_employ(colleague, password=password, by=by, now=now) for colleague in staff]


def _open_branches(
    brand: Brand, shop: Shop, *, opened_at: datetime, by: User | None, now: datetime
) -> None:
    there = set(Branch.objects.filter(brand=brand).values_list("code", flat=True))
    for place in shop.places:
        if place.code not in there:
            opened_on = (opened_at + timedelta(days=place.opened)).astimezone(brand.zone).date()
            open_branch(
                brand,
                code=place.code,
                name=place.name,
                city=place.city,
                opened_on=opened_on,
                by=by,
                now=now,
            )


def _define_fields(brand: Brand, shop: Shop, *, by: User | None, now: datetime) -> None:
    there = {field.key for field in fields_of(brand=brand)}
    for field in shop.fields:
        if field.key not in there:
            define_field(
                brand=brand,
                label=field.label,
                kind=field.kind,
                choices=field.choices,
                by=by,
                now=now,
            )


def _stock(brand: Brand, shop: Shop, *, by: User | None, now: datetime) -> None:
    there = set(Product.objects.filter(brand=brand).values_list("sku", flat=True))
    unit = 10 ** money.exponent(shop.currency)
    for good in shop.goods:
        if good.sku not in there:
            facts = ProductFacts(
                name=good.name,
                maker=good.maker,
                category=good.category,
                kind=ProductKind.CONSUMABLE if good.consumable else ProductKind.DURABLE,
                price_minor=round(shop.price_in_the_end(good) * unit),
                cost_minor=round(good.cost * unit),
            )
            register_product(brand=brand, sku=good.sku, facts=facts, by=by, now=now)


def _employ(colleague: Colleague, *, password: str, by: User | None, now: datetime) -> User:
    brand = brand_called(colleague.brand) if colleague.brand else None
    branch = Branch.objects.get(brand=brand, code=colleague.branch) if colleague.branch else None
    with transaction.atomic():
        user, new = add_staff(
            email=colleague.email,
            name=colleague.name,
            language=colleague.language,
            by=by,
            now=now,
        )
        if new:
            set_password(user, password=password, by=by, now=now)
        grant_role(user, name=colleague.role, brand=brand, branch=branch, by=by, now=now)
    return user
