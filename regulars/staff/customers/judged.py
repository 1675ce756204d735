"""Find the customers a question asks for; before the first metrics, the newest ones."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from regulars.identify.customers.public import newest_customers
from regulars.organization.public import Branches, Brand
from regulars.staff.customers.asked import Asked

ROWS_SHOWN = 50
SORTS = ("net", "visits", "recency", "due", "orders", "order", "first", "cadence")


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPeople:
    """A page of rows by column, and where the next begins; not yet ``judged``: without metrics."""

    rows: Sequence[Mapping[str, Any]]
    following: tuple[Any, int] | None
    judged: bool


def find(question: Asked, *, brand: Brand, branch_ids: Branches) -> FoundPeople:
    """Return the next customers, those the person who asks may see."""
    return _newest(question, brand=brand, branch_ids=branch_ids)


def _newest(question: Asked, *, brand: Brand, branch_ids: Branches) -> FoundPeople:
    before = question.after[1] if question.after else None
    people = newest_customers(
        brand=brand, branch_ids=branch_ids, before=before, limit=ROWS_SHOWN + 1
    )
    shown = people[:ROWS_SHOWN]
    following = (None, shown[-1].pk) if len(people) > ROWS_SHOWN else None
    return FoundPeople(
        rows=[{"customer_id": person.pk} for person in shown], following=following, judged=False
    )
