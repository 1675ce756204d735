"""Register a person at the desk, who must not be known yet."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from regulars.identify.customers.identification import add_identifier
from regulars.identify.customers.models import Customer
from regulars.identify.customers.profile import Profile, new_customer
from regulars.identify.customers.recognition import Given
from regulars.organization.public import Brand, User


def register_customer(
    *,
    brand: Brand,
    profile: Profile,
    given: Sequence[Given],
    by: User | None,
    now: datetime,
    source: str = "",
) -> Customer:
    """Make a new customer with these identifiers, all of them or nobody.

    Raises BlockedIdentifier, IdentifierTaken (with the customer it belongs to), LimitReached,
    NotABirthday, NotAnIdentifier, NotOfThisBrand.
    """
    with transaction.atomic():
        customer = new_customer(brand=brand, profile=profile, source=source, by=by, now=now)
        for one in given:
            add_identifier(
                customer=customer, kind=one.kind, value=one.value, by=by, now=now, source=source
            )
    return customer
