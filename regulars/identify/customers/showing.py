"""Show a person to staff: by name or number, masked where the role says so."""

from dataclasses import dataclass
from datetime import date

import phonenumbers
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from regulars.identify.customers.field_values import FieldValue
from regulars.identify.customers.finding import Person
from regulars.identify.customers.identifier_kinds import KINDS
from regulars.identify.customers.models import (
    Customer,
    Field,
    FieldKind,
    HouseholdMember,
    Identifier,
)
from regulars.lib.age import age_on
from regulars.organization.public import (
    Access,
    mask_email,
    mask_name,
    mask_phone,
    mask_value,
)

USUAL: dict[str, str | Promise] = {
    "cat": gettext_lazy("cat"),
    "dog": gettext_lazy("dog"),
    "rabbit": gettext_lazy("rabbit"),
    "baby": gettext_lazy("baby"),
    "toddler": gettext_lazy("toddler"),
    "preschool": gettext_lazy("preschool age"),
    "school": gettext_lazy("school age"),
    "teenager": gettext_lazy("teenager"),
    "young": gettext_lazy("young"),
    "adult": gettext_lazy("adult"),
    "senior": gettext_lazy("senior"),
}
"""Kinds of animals and stages of life that are said in the reader's language; others as written."""

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


def shown_field(field: Field, value: FieldValue) -> str:
    """Write a value of a staff-defined field for reading."""
    if field.kind == FieldKind.YES_NO:
        return _("yes") if value else _("no")
    if field.kind == FieldKind.DATE:
        return date_format(date.fromisoformat(str(value)))
    if field.kind == FieldKind.NUMBER:
        return f"{value:,}"
    return str(value)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownMember:
    """Somebody a customer buys for, as the person who looks may see them."""

    id: int
    called: str
    says: str
    short: str


def shown_household(customer: Customer, *, today: date, masked: bool) -> list[ShownMember]:
    """Return the household: Mochi, ``cat · 2 years · birthday 3 Dec``."""
    rows = customer.household.order_by("kind", "born_on", "pk")
    return [shown_member(row, today=today, masked=masked) for row in rows]


def shown_member(row: HouseholdMember, *, today: date, masked: bool) -> ShownMember:
    """Return one member of a household as a name and a line about them."""
    what = str(USUAL.get(row.species, row.species)) or row.get_kind_display()
    stage = str(USUAL.get(row.stage, row.stage))
    name = "" if masked else row.name
    age = _age(row.born_on, today) if row.born_on else ""
    birthday = ""
    if row.born_on and not masked:
        birthday = _("birthday %(day)s") % {"day": day_of_year(row.born_on)}
    about = [what if name else "", stage, age, birthday]
    return ShownMember(
        id=row.pk,
        called=name or what,
        says=" · ".join(part for part in about if part),
        short=_(", ").join(part for part in (name, what, age) if part),
    )


def _age(born_on: date, today: date) -> str:
    years = age_on(born_on, today)
    if years < 1:
        return _("under a year")
    return ngettext("%(years)s year", "%(years)s years", years) % {"years": years}


def day_of_year(day: date) -> str:
    """Return a day without its year, as the language writes it: 3 Dec, 12月3日."""
    return date_format(day, "MONTH_DAY_FORMAT")


def is_masked(access: Access, person: Person) -> bool:
    """Whether who looks must not know who this is."""
    return access.masked_at(person.customer.branch_id)
