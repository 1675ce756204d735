"""Some people of a segment, as a member of staff may see them."""

from collections.abc import Iterable
from dataclasses import dataclass

from regulars.identify.customers.public import persons, shown_name
from regulars.organization.public import Access, Brand, Permission


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A person with a name that is masked where it has to be."""

    name: str
    public_id: str
    city: str


def some_of(brand: Brand, numbers: Iterable[int], access: Access) -> list[Shown]:
    """Return people by number, in this order; nobody to who may not see customers."""
    wanted = list(numbers) if access.may(Permission.SEE_CUSTOMERS) else []
    known = persons(brand=brand, customer_ids=wanted)
    return [
        Shown(
            name=shown_name(person, masked=access.masked_at(person.customer.branch_id)),
            public_id=person.customer.public_id,
            city=person.customer.city,
        )
        for number in wanted
        if (person := known.get(number))
    ]
