"""Whom words name: by public id, or by an identifier."""

from collections.abc import Iterable, Iterator
from itertools import islice

from pyroaring import BitMap

from regulars.identify.customers.public import (
    Customer,
    Identifier,
    NotAnIdentifier,
    normal_form,
)
from regulars.organization.public import Brand

CONTACTS = ("email", "phone")
NUMBERS = ("member_number", "user_id", "shop_id")
BATCH = 500


def people_of(brand: Brand, lines: Iterable[str], *, masked: bool) -> tuple[BitMap, int]:
    """Return the people whom lines name, and how many lines name nobody.

    Who is ``masked`` sees no personal data, and finds nobody by it.
    """
    people, unknown = BitMap(), 0
    told = (word for line in lines if (word := line.strip().strip("\ufeff\"'")))
    while batch := list(islice(told, BATCH)):
        found = people_named(brand, batch, masked=masked)
        people.update(found.values())
        unknown += sum(word not in found for word in batch)
    return people, unknown


def people_named(brand: Brand, words: list[str], *, masked: bool) -> dict[str, int]:
    """Return the customers whom words name, as whom they are today."""
    meant: dict[str, list[str]] = {}
    kinds = NUMBERS if masked else (*CONTACTS, *NUMBERS)
    for word in words:
        if masked and is_contact(word):
            continue
        for form in _forms(word, kinds):
            meant.setdefault(form, []).append(word)
    known = Identifier.objects.filter(brand=brand, kind__in=kinds, value__in=list(meant))
    rows = known.values_list("value", "customer_id", "customer__canonical_id")
    found = {word: canonical or pk for value, pk, canonical in rows for word in meant[value]}
    named = Customer.objects.filter(brand=brand, public_id__in=words)
    for name, pk, canonical in named.values_list("public_id", "pk", "canonical_id"):
        found[name] = canonical or pk
    return found


def is_contact(word: str) -> bool:
    """Whether a word is an e-mail address or a phone number."""
    return any(_forms(word, CONTACTS))


def _forms(word: str, kinds: Iterable[str]) -> Iterator[str]:
    for kind in kinds:
        try:
            yield normal_form(kind, word)
        except NotAnIdentifier:
            continue
