"""Describe people by the set. Callers put what they know into a temporary table first."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict

from django.db import connection, transaction

from regulars.identify.customers.household import Member
from regulars.identify.customers.models import HouseholdMember
from regulars.lake.public import next_revision
from regulars.organization.public import Brand

_DESCRIBE = """
    UPDATE customers_customer SET
        gender = told.gender, born_on = told.born_on, language = told.language,
        interests = told.interests, source = told.source, branch_id = told.branch_id,
        fields = told.fields, revision = %s
    FROM {people} AS told JOIN customers_identifier AS identifier
      ON identifier.brand_id = {brand} AND identifier.kind = 'member_number'
     AND identifier.value = told.member_number
    WHERE customers_customer.id = identifier.customer_id
"""


def describe_people(*, brand: Brand, people: str, revision: int) -> int:
    """Set what a table tells of known customers; return how many were described.

    ``people`` is a temporary table: member_number, gender, born_on, language, interests (JSON),
    source, branch_id, fields (JSON). Call it in the transaction of the revision.
    """
    with connection.cursor() as cursor:
        cursor.execute(_DESCRIBE.format(people=people, brand=brand.pk), [revision])
        return int(cursor.rowcount)


def add_members(members: Iterable[tuple[int, Member]]) -> int:
    """Add members to households, each with the id of its customer; return how many."""
    with transaction.atomic():
        revision = next_revision()
        made = HouseholdMember.objects.bulk_create(_rows(members, revision), batch_size=2_000)
    return len(made)


def _rows(members: Iterable[tuple[int, Member]], revision: int) -> Iterator[HouseholdMember]:
    for customer_id, member in members:
        yield HouseholdMember(customer_id=customer_id, revision=revision, **asdict(member))
