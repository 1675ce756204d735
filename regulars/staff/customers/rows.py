"""The rows of the list of customers: metrics from the lake, names from the database."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from regulars.identify.customers.public import Person, persons, shown_name
from regulars.organization.public import Access
from regulars.staff.customers.columns import Column


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A customer as one line of the list."""

    url: str
    name: str
    cells: tuple[tuple[Column, str], ...]


def shown_rows(
    found: Sequence[Mapping[str, Any]], *, access: Access, columns: Iterable[Column]
) -> list[Shown]:
    """Put names to rows in two questions; who has meanwhile gone from the database is left out."""
    people = persons(brand=access.brand, customer_ids=[row["customer_id"] for row in found])
    known = [(row, people[row["customer_id"]]) for row in found if row["customer_id"] in people]
    wanted = tuple(columns)
    return [_shown(row, person, access, wanted) for row, person in known]


def _shown(
    row: Mapping[str, Any], person: Person, access: Access, columns: tuple[Column, ...]
) -> Shown:
    customer = person.customer
    whole = {
        **row,
        "city": customer.city,
        "source": customer.source,
        "gender": customer.get_gender_display(),
        "language": customer.language,
        "fields": customer.fields,
        "created_at": customer.created_at.astimezone(access.brand.zone),
        "branch": customer.branch.name if customer.branch else "",
    }
    return Shown(
        url=reverse("staff:customer", args=[access.brand.slug, customer.public_id]),
        name=shown_name(person, masked=access.masked_at(customer.branch_id)),
        cells=tuple((column, column.show(whole, access.brand)) for column in columns),
    )
