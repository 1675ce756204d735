"""Show a person to staff: by name or number, masked where the role says so."""

from dataclasses import dataclass

import phonenumbers
from django.utils.translation import gettext as _

from regulars.identify.customers.finding import Person
from regulars.identify.customers.identifier_kinds import KINDS
from regulars.identify.customers.models import Identifier
from regulars.organization.public import (
    Access,
    mask_email,
    mask_name,
    mask_phone,
    mask_value,
)

_MASKS = {"email": mask_email, "phone": mask_phone}


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownIdentifier:
    """An identifier as the person who looks may see it."""

    id: int
    kind: str
    label: str
    value: str
    source: str


def shown_name(person: Person, *, masked: bool) -> str:
    """Return the name, or else the strongest identifier, or else the public id."""
    customer = person.customer
    if customer.name:
        return mask_name(customer.name) if masked else customer.name
    for identifier in person.identifiers:
        if identifier.kind != "anonymous_id":
            return shown_value(identifier, masked=masked)
    return _("Somebody") + f" {customer.public_id[4:10]}"


def shown_identifiers(person: Person, *, masked: bool) -> list[ShownIdentifier]:
    """Return the identifiers with their labels, the strongest first."""
    return [
        ShownIdentifier(
            id=identifier.pk,
            kind=identifier.kind,
            label=str(KINDS[identifier.kind].label),
            value=shown_value(identifier, masked=masked),
            source=identifier.source,
        )
        for identifier in person.identifiers
        if identifier.kind in KINDS
    ]


def shown_value(identifier: Identifier, *, masked: bool) -> str:
    """Return the value, a phone number grouped for reading."""
    if masked:
        return _MASKS.get(identifier.kind, mask_value)(identifier.value)
    return readable_phone(identifier.value) if identifier.kind == "phone" else identifier.value


def readable_phone(number: str) -> str:
    """Return a phone number grouped as its country groups it: ``+44 7700 900123``."""
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return number
    return str(phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL))


def is_masked(access: Access, person: Person) -> bool:
    """Whether who looks must not know who this is."""
    return access.masked_at(person.customer.branch_id)
