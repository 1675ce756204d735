"""Find customers of a brand by number, and say how each is called on a screen."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch

from regulars.identify.customers.identifier_kinds import KINDS
from regulars.identify.customers.models import Customer, Identifier
from regulars.organization.public import Branches, Brand

_BEFORE_ANONYMOUS = {kind.key: -kind.priority for kind in KINDS.values()}


class CustomerNotFound(Exception):
    """The brand has no such customer, or not for who asks: they must not learn which."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A customer and what recognizes them, the strongest first."""

    customer: Customer
    identifiers: tuple[Identifier, ...]

    def value(self, *kinds: str) -> str:
        """The first identifier of these kinds, or nothing."""
        return next((one.value for one in self.identifiers if one.kind in kinds), "")


def customer_of(*, brand: Brand, public_id: str, branch_ids: Branches = None) -> Customer:
    """Return the customer of this public id, or whom it leads to if it is an alias.

    Raises CustomerNotFound, also for who sees other branches only.
    """
    found = Customer.objects.select_related("canonical", "branch", "brand").filter(
        brand=brand, public_id=public_id
    )
    customer = found.first()
    customer = customer and (customer.canonical or customer)
    if customer is None or (branch_ids is not None and customer.branch_id not in branch_ids):
        raise CustomerNotFound(public_id)
    return customer


def newest_customers(
    *, brand: Brand, branch_ids: Branches = None, before: int | None = None, limit: int = 50
) -> list[Customer]:
    """Return the customers made last, those before a number on the next page."""
    people = Customer.objects.filter(brand=brand, canonical=None).select_related("branch")
    if branch_ids is not None:
        people = people.filter(branch_id__in=branch_ids)
    if before is not None:
        people = people.filter(pk__lt=before)
    return list(people.order_by("-pk")[:limit])


def aliases_of(*, customer: Customer) -> list[int]:
    """Return the numbers under which facts about the customer may be written: theirs first."""
    aliases = Customer.objects.filter(canonical=customer).values_list("pk", flat=True)
    return [customer.pk, *aliases]


def persons(*, brand: Brand, customer_ids: Iterable[int]) -> dict[int, Person]:
    """Return people by number with their identifiers, in two queries whatever the number."""
    numbers = list(customer_ids)
    people = Customer.objects.filter(brand=brand, pk__in=numbers).select_related("branch")
    whole = people.prefetch_related(Prefetch("identifiers", Identifier.objects.order_by("pk")))
    return {one.pk: person_of(one) for one in whole}


def person_of(customer: Customer) -> Person:
    """Return the customer with their identifiers, the strongest first."""
    ranked = sorted(customer.identifiers.all(), key=lambda row: _BEFORE_ANONYMOUS.get(row.kind, 0))
    return Person(customer=customer, identifiers=tuple(ranked))
