"""Find people by what they say about themselves on the phone.

Every question here is a range of one index, on both databases, and stops at the limit.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from regulars.identify.customers.models import Customer, Identifier
from regulars.identify.customers.naming import search_name
from regulars.identify.customers.normalization import normal_forms
from regulars.organization.public import Branches, Brand

FEWEST_DIGITS = 4
SHORTEST = 2
SHOP_KINDS = ("member_number", "user_id", "shop_id")
_DIGITS = re.compile(r"[\d\s()+./-]+")
_IDEOGRAPH = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A person found, and by which identifier; none when it was the name."""

    customer: Customer
    kind: str = ""
    value: str = ""


def find_people(
    *,
    brand: Brand,
    text: str,
    branch_ids: Branches = None,
    personal: bool = True,
    limit: int = 8,
) -> list[Found]:
    """Return people whose name, e-mail, phone or number begins so; of a phone also the last digits.

    Identifiers come before names. Without ``personal``, for who may not see names, only whole
    numbers that the shop gave are looked for: an e-mail address typed in must not be confirmed. At
    most ``limit``, in a few milliseconds at a million people.
    """
    wanted = " ".join(text.split())
    asking = _personal if personal else _numbers
    found: dict[int, Found] = {}
    for one in asking(brand, wanted, branch_ids, limit):
        found.setdefault(one.customer.pk, one)
        if len(found) == limit:
            break
    return list(found.values())


def _numbers(brand: Brand, text: str, branch_ids: Branches, limit: int) -> Iterator[Found]:
    yield from _by_public_id(brand, text, branch_ids)
    exactly = Q(kind__in=SHOP_KINDS, value__in={text, text.lower(), text.upper()})
    yield from _owners(brand, exactly, branch_ids, limit)


def _personal(brand: Brand, text: str, branch_ids: Branches, limit: int) -> Iterator[Found]:
    """Ask no more than the text can mean: every question is a trip to the database."""
    if len(text) < SHORTEST and not _IDEOGRAPH.search(text):
        return
    yield from _by_public_id(brand, text, branch_ids)
    for question in _identifier_questions(brand, text):
        yield from _owners(brand, question, branch_ids, limit)
    for question in _name_questions(text):
        people = Customer.objects.filter(question, brand=brand, canonical=None)
        for person in _within(people.select_related("branch"), branch_ids, "")[:limit]:
            yield Found(customer=person)


def _by_public_id(brand: Brand, text: str, branch_ids: Branches) -> Iterator[Found]:
    if text.startswith("cus_"):
        people = Customer.objects.filter(brand=brand, public_id=text, canonical=None)
        for person in _within(people.select_related("branch"), branch_ids, ""):
            yield Found(customer=person)


def _owners(brand: Brand, question: Q, branch_ids: Branches, limit: int) -> Iterator[Found]:
    rows = Identifier.objects.filter(question, brand=brand).select_related(
        "customer__canonical", "customer__branch"
    )
    for row in _within(rows, branch_ids, "customer__")[:limit]:
        yield Found(customer=row.owner, kind=row.kind, value=row.value)


def _identifier_questions(brand: Brand, text: str) -> Iterator[Q]:
    if "@" in text:
        yield Q(value__begins_with=text.lower())
        return
    if _DIGITS.fullmatch(text):
        yield from _phone_questions(brand, text)
    if " " not in text.strip() and text.isascii():
        for spelling in dict.fromkeys((text.lower(), text, text.upper())):
            yield Q(value__begins_with=spelling)


def _phone_questions(brand: Brand, text: str) -> Iterator[Q]:
    phone = normal_forms("phone", [text], country=brand.country)[text]
    if phone:
        yield Q(kind="phone", value=phone)
    digits = re.sub(r"\D", "", text)
    if len(digits) >= FEWEST_DIGITS:
        yield Q(tail__begins_with=digits[::-1])


def _name_questions(text: str) -> Iterator[Q]:
    if "@" not in text and (name := search_name(text)) and not name.isdecimal():
        yield Q(search_name__begins_with=name)
        yield Q(turned_name__begins_with=name)


def _within(rows: Any, branch_ids: Branches, path: str) -> Any:
    return rows if branch_ids is None else rows.filter(**{f"{path}branch_id__in": branch_ids})
