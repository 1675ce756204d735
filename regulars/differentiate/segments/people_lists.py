"""Bring in lists of people: a line names a customer by public id or by an identifier."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice

from django.db import transaction
from pyroaring import BitMap

from regulars.differentiate.segments.keeping import LONGEST_NAME, NameTaken
from regulars.differentiate.segments.models import PeopleList
from regulars.identify.customers.public import (
    Customer,
    Identifier,
    NotAnIdentifier,
    normal_form,
)
from regulars.organization.public import Actor, AuditAction, Brand, User, audit

KINDS = ("email", "phone", "member_number", "user_id", "shop_id")
BATCH = 500


def make_people_list(
    *, brand: Brand, name: str, lines: Iterable[str], by: Actor, now: datetime
) -> PeopleList:
    """Keep the people whom lines name, each by public id, e-mail, phone or number.

    Lines that name nobody are counted, not kept; empty ones are passed over. Raises NameTaken.
    """
    called = " ".join(name.split())[:LONGEST_NAME]
    if not called or PeopleList.objects.filter(brand=brand, name__iexact=called).exists():
        raise NameTaken(called)
    people, unknown = _people(brand, lines)
    with transaction.atomic():
        made = PeopleList.objects.create(
            brand=brand,
            name=called,
            bitmap=people.serialize(),
            size=len(people),
            unknown=unknown,
            made_by=by if by is None or isinstance(by, User) else by.user,
            made_at=now,
        )
        audit(by, AuditAction.IMPORT, now=now, brand=brand, subject_kind="people list",
              subject=str(made.pk), detail={"people": made.size})  # fmt: skip
    return made


def _people(brand: Brand, lines: Iterable[str]) -> tuple[BitMap, int]:
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
