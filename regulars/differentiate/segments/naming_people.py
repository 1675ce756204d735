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

KINDS = ("email", "phone", "member_number", "user_id", "shop_id")
BATCH = 500


def people_of(brand: Brand, lines: Iterable[str]) -> tuple[BitMap, int]:
    """Return the people whom lines name, and how many lines name nobody."""
    people, unknown = BitMap(), 0
    told = (word for line in lines if (word := line.strip().strip("\ufeff\"'")))
    while batch := list(islice(told, BATCH)):
        found = people_named(brand, batch)
        people.update(found.values())
        unknown += sum(word not in found for word in batch)
    return people, unknown


def people_named(brand: Brand, words: list[str]) -> dict[str, int]:
    """Return the customers whom words name, as whom they are today."""
    meant: dict[str, list[str]] = {}
    for word in words:
        for form in _forms(word):
            meant.setdefault(form, []).append(word)
    known = Identifier.objects.filter(brand=brand, kind__in=KINDS, value__in=list(meant))
    rows = known.values_list("value", "customer_id", "customer__canonical_id")
    found = {word: canonical or pk for value, pk, canonical in rows for word in meant[value]}
    named = Customer.objects.filter(brand=brand, public_id__in=words)
    for name, pk, canonical in named.values_list("public_id", "pk", "canonical_id"):
        found[name] = canonical or pk
    return found


def _forms(word: str) -> Iterator[str]:
    for kind in KINDS:
        try:
            yield normal_form(kind, word)
        except NotAnIdentifier:
            continue
