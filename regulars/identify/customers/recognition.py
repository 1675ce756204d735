"""Tell who is meant by some identifiers. The same facts give the same answer, whoever asks.

The owner of the identifier with the highest priority is meant, unless a still higher one, of a
strong kind, says somebody else: two different user ids are two people, even at one e-mail address.
Nothing is merged here; what belongs to another customer stays theirs and is reported.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum, auto

from django.db import IntegrityError, transaction
from django.db.models import Q

from regulars.identify.customers.blocking import BlockedIdentifier, accepted_form
from regulars.identify.customers.identification import (
    IdentifierTaken,
    LimitReached,
    add_identifier,
)
from regulars.identify.customers.identifier_kinds import identifier_kind
from regulars.identify.customers.models import Customer, Identifier
from regulars.identify.customers.normalization import NotAnIdentifier
from regulars.identify.customers.profile import Profile, new_customer
from regulars.organization.public import Brand, User


class Reason(StrEnum):
    INVALID = auto()  # it is none: an address without @
    BLOCKED = auto()  # it identifies nobody
    TAKEN = auto()  # it is another customer's
    LIMIT = auto()  # the customer has as many as one may have
    CONTRADICTS = auto()  # the customer has another of a strong kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """An identifier as somebody gave it."""

    kind: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """An identifier that was not used, and why."""

    given: Given
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognition:
    """Who is meant, whether they are new, and what was left out."""

    customer: Customer
    made: bool
    left_out: tuple[LeftOut, ...]


class NobodyNamed(Exception):
    """No identifier given can identify anybody."""


def recognize(
    *,
    brand: Brand,
    given: Sequence[Given],
    by: User | None,
    now: datetime,
    source: str = "",
    profile: Profile | None = None,
) -> Recognition:
    """Return the customer whom the identifiers mean, made of ``profile`` if there is none yet.

    They get those of the identifiers that are free. Retry-safe, also against another process
    recognizing the same person now. Raises NobodyNamed, UnknownKind.
    """
    try:
        with transaction.atomic():
            return _recognize(brand, given, by=by, now=now, source=source, profile=profile)
    except (IntegrityError, IdentifierTaken):  # another process was first: now it can be read
        with transaction.atomic():
            return _recognize(brand, given, by=by, now=now, source=source, profile=profile)


def find_customer(*, brand: Brand, given: Iterable[Given]) -> Customer | None:
    """Return the customer whom the identifiers mean, or None; nothing is written."""
    accepted, _ = _accept(brand, given)
    return _meant(brand, accepted)


def _recognize(
    brand: Brand,
    given: Sequence[Given],
    *,
    by: User | None,
    now: datetime,
    source: str,
    profile: Profile | None,
) -> Recognition:
    accepted, left_out = _accept(brand, given)
    if not accepted:
        raise NobodyNamed
    customer = _meant(brand, accepted)
    made = customer is None
    if customer is None:
        customer = new_customer(
            brand=brand, profile=profile or Profile(), source=source, by=by, now=now
        )
    for one in accepted:
        if reason := _add(customer, one, by=by, now=now, source=source):
            left_out.append(LeftOut(given=one, reason=reason))
    return Recognition(customer=customer, made=made, left_out=tuple(left_out))


def _accept(brand: Brand, given: Iterable[Given]) -> tuple[list[Given], list[LeftOut]]:
    accepted: list[Given] = []
    left_out: list[LeftOut] = []
    for one in given:
        try:
            normal = accepted_form(brand=brand, kind=one.kind, value=one.value)
            accepted.append(Given(kind=one.kind, value=normal))
        except BlockedIdentifier:
            left_out.append(LeftOut(given=one, reason=Reason.BLOCKED))
        except NotAnIdentifier:
            left_out.append(LeftOut(given=one, reason=Reason.INVALID))
    accepted.sort(key=lambda one: -identifier_kind(one.kind).priority)
    return accepted, left_out


def _meant(brand: Brand, accepted: Sequence[Given]) -> Customer | None:
    any_of = Q(pk__in=[])
    for one in accepted:
        any_of |= Q(kind=one.kind, value=one.value)
    known = Identifier.objects.filter(any_of, brand=brand).select_related("customer__canonical")
    owners = {(row.kind, row.value): row.owner for row in known}
    for place, one in enumerate(accepted):
        owner = owners.get((one.kind, one.value))
        if owner and not any(_contradicts(owner, higher) for higher in accepted[:place]):
            return owner
    return None


def _contradicts(customer: Customer, one: Given) -> bool:
    """Whether the customer is known under another value of this strong kind, and not this one."""
    if not identifier_kind(one.kind).strong:
        return False
    values = customer.identifiers.filter(kind=one.kind).values_list("value", flat=True)
    return bool(values) and one.value not in values


def _add(
    customer: Customer, one: Given, *, by: User | None, now: datetime, source: str
) -> Reason | None:
    if _contradicts(customer, one):
        return Reason.CONTRADICTS
    try:
        add_identifier(
            customer=customer, kind=one.kind, value=one.value, by=by, now=now, source=source
        )
    except IdentifierTaken:
        return Reason.TAKEN
    except LimitReached:
        return Reason.LIMIT
    return None
