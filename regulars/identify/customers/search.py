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
_DIGITS = re.compile(r"[\d\s()+./-]+")
_IDEOGRAPH = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A person found, and by which identifier; none when it was the name."""

    customer: Customer
    kind: str = ""
    value: str = ""


def find_people(
    *, brand: Brand, text: str, branch_ids: Branches = None, limit: int = 8
) -> list[Found]:
    """Return people whose name, e-mail, phone or number begins so; of a phone also the last digits.

    Identifiers come before names. At most ``limit``, in a few milliseconds at a million people.
    """
    wanted = " ".join(text.split())
    found: dict[int, Found] = {}
    for one in _candidates(brand, wanted, branch_ids, limit):
        found.setdefault(one.customer.pk, one)
        if len(found) == limit:
            break
    return list(found.values())


def _candidates(brand: Brand, text: str, branch_ids: Branches, limit: int) -> Iterator[Found]:
    if len(text) < 2 and not _IDEOGRAPH.search(text):
        return
    for question in _identifier_questions(brand, text):
        rows = Identifier.objects.filter(question, brand=brand).select_related(
            "customer__canonical", "customer__branch"
        )
        for row in _within(rows, branch_ids, "customer__")[:limit]:
            yield Found(customer=row.owner, kind=row.kind, value=row.value)
    for question in _name_questions(text):
        people = Customer.objects.filter(question, brand=brand, canonical=None)
        for person in _within(people.select_related("branch"), branch_ids, "")[:limit]:
            yield Found(customer=person)


def _identifier_questions(brand: Brand, text: str) -> Iterator[Q]:
    if _DIGITS.fullmatch(text):
        phone = normal_forms("phone", [text], country=brand.country)[text]
        if phone:
            yield Q(kind="phone", value=phone)
        digits = re.sub(r"\D", "", text)
        if len(digits) >= FEWEST_DIGITS:
            yield Q(tail__begins_with=digits[::-1])
    for spelling in dict.fromkeys((text, text.lower(), text.upper())):
        yield Q(value__begins_with=spelling)


def _name_questions(text: str) -> Iterator[Q]:
    if name := search_name(text):
        yield Q(search_name__begins_with=name)
        yield Q(turned_name__begins_with=name)


def _within(rows: Any, branch_ids: Branches, path: str) -> Any:
    return rows if branch_ids is None else rows.filter(**{f"{path}branch_id__in": branch_ids})
