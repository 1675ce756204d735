"""What is known about a person, and changing it."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction

from regulars.identify.customers.events import SIGNED_UP
from regulars.identify.customers.models import Customer
from regulars.identify.customers.naming import search_name, turned_name
from regulars.identify.customers.places import check_places
from regulars.identify.timeline.public import Touch, record
from regulars.lake.public import next_revision
from regulars.lib.public_id import public_id
from regulars.organization.public import AuditAction, Brand, User, audit

OLDEST_YEARS = 120


class NotABirthday(ValueError):
    """Nobody alive was born on that day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """All of a customer's profile, to be changed with ``dataclasses.replace``."""

    name: str = ""
    gender: str = ""
    born_on: date | None = None
    language: str = ""
    city: str = ""
    region: str = ""
    country: str = ""
    postcode: str = ""
    address: str = ""
    interests: tuple[str, ...] = ()
    note: str = ""
    branch_id: int | None = None


def profile_of(customer: Customer) -> Profile:
    """Return the customer's profile as it is."""
    known = {name: getattr(customer, name) for name in Profile.__slots__}
    return Profile(**{**known, "interests": tuple(customer.interests)})


def change_profile(
    *, customer: Customer, profile: Profile, by: User | None, now: datetime
) -> Customer:
    """Make the profile what is given; what is the same writes nothing.

    Raises NotABirthday, NotOfThisBrand.
    """
    _check(customer.brand, profile, now=now)
    with transaction.atomic():
        current = Customer.objects.select_for_update().select_related("brand").get(pk=customer.pk)
        before, wanted = asdict(profile_of(current)), asdict(profile)
        changed = [name for name in wanted if wanted[name] != before[name]]
        if changed:
            _set(current, profile)
            current.save()
            audit(by, AuditAction.CHANGE, now=now, brand=current.brand, subject_kind="customer",
                  subject=current.public_id, detail={"fields": changed})  # fmt: skip
    return current


def new_customer(
    *, brand: Brand, profile: Profile, source: str, by: User | None, now: datetime
) -> Customer:
    """Make a customer nobody recognizes yet; give them identifiers next.

    ``by`` None means that they came by themselves, through ``source``: it is announced as Signed
    Up. Raises NotABirthday, NotOfThisBrand.
    """
    _check(brand, profile, now=now)
    with transaction.atomic():
        customer = Customer(public_id=public_id("cus"), brand=brand, source=source, created_at=now)
        _set(customer, profile)
        customer.save()
        if by:
            audit(by, AuditAction.CREATE, now=now, brand=brand, subject_kind="customer",
                  subject=customer.public_id)  # fmt: skip
        else:
            record([_signed_up(customer, at=now)], now=now)
    return customer


def _set(customer: Customer, profile: Profile) -> None:
    for name in Profile.__slots__:
        setattr(customer, name, getattr(profile, name))
    customer.interests = list(profile.interests)
    customer.search_name = search_name(profile.name)
    customer.turned_name = turned_name(customer.search_name)
    customer.revision = next_revision()


def _check(brand: Brand, profile: Profile, *, now: datetime) -> None:
    check_places(brand=brand, branch_id=profile.branch_id)
    today = now.astimezone(brand.zone).date()
    if profile.born_on and not 0 <= today.year - profile.born_on.year <= OLDEST_YEARS:
        raise NotABirthday(profile.born_on)
    if profile.born_on and profile.born_on > today:
        raise NotABirthday(profile.born_on)


def _signed_up(customer: Customer, *, at: datetime) -> Touch:
    return Touch(
        brand_id=customer.brand_id,
        customer_id=customer.pk,
        kind=SIGNED_UP,
        occurred_at=at,
        source=customer.source or "regulars",
        message_id=f"signed-up:{customer.public_id}",
    )
