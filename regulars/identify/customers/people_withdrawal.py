"""Take back the people an import made, and put back the profiles it changed."""

from collections.abc import Sequence

from django.db import connection

from regulars.identify.customers.models import Customer, FormerCustomer
from regulars.lake.public import (
    LEAVING,
    Remembered,
    Withdrawn,
    counted,
    keep_changed,
    keep_held,
    pointing_at,
    portion,
    put_back,
    remove_rows,
    rows_made,
)

_REMEMBERED = Remembered(
    mirror="customers",
    table="customers_customer",
    former="customers_formercustomer",
    key="customer_id",
    columns=("name", "search_name", "turned_name", "gender", "born_on", "language", "city",
             "region", "country", "postcode", "address", "interests", "branch_id", "fields"),
)  # fmt: skip

_OWN = ("customers_identifier", "customer_id")
_EVENTS = ("timeline_event", "customer_id")  # a number there, no key: it names who it was, for ever
_THEIR_IDENTIFIERS = """
    (SELECT identifier.id FROM customers_identifier AS identifier
     JOIN withdrawn ON withdrawn.id = identifier.customer_id WHERE withdrawn.stays = 0)
"""
# Somebody it made who stays keeps what they are recognized by.
_GIVEN = """
    SELECT identifier.id AS place, identifier.id, identifier.revision AS said, 0 AS stays
    FROM customers_identifier AS identifier
    JOIN customers_customer AS person ON person.id = identifier.customer_id
    WHERE identifier.import_id = {import_id} AND identifier.id > {after}
      AND coalesce(person.import_id, 0) <> {import_id}
"""


def withdraw_people(
    *, import_id: int, revisions: Sequence[int], after: int, revision: int
) -> Withdrawn:
    """Take back some thousand people an import made, with ids above ``after``.

    What they are recognized by goes with them. Those last written at none of its ``revisions``
    stay, and those to whom anything belongs that the import did not make. Call it in the
    transaction of ``revision``, after the import's orders and refunds, and ``restore_people``.
    """
    asked = rows_made(table="customers_customer", import_id=import_id, after=after)
    with portion(asked, mirror="customers") as cursor:
        keep_changed(cursor, revisions=revisions)
        keep_held(cursor, by=({*pointing_at(Customer), _EVENTS} - {_OWN}))
        theirs = f"AND coalesce(held.import_id, 0) <> {int(import_id)}"
        keep_held(cursor, by=[_OWN], unless=theirs)
        found = counted()
        for table, mirror, rows in (
            ("customers_identifier", "identifiers", _THEIR_IDENTIFIERS),
            ("customers_customer", "customers", LEAVING),
        ):
            remove_rows(table=table, mirror=mirror, rows=rows, revision=revision)
    return found


def restore_people(*, import_id: int, after: int, revision: int) -> Withdrawn:
    """Put back some thousand profiles that an import changed, unless they were changed since.

    Call it in the transaction of ``revision``.
    """
    return put_back(_REMEMBERED, import_id=import_id, after=after, revision=revision)


def withdraw_identifiers(*, import_id: int, after: int, revision: int) -> Withdrawn:
    """Take from people known before the identifiers that an import gave them."""
    asked = _GIVEN.format(import_id=int(import_id), after=int(after))
    with portion(asked, mirror="identifiers"):
        found = counted()
        remove_rows(
            table="customers_identifier", mirror="identifiers", rows=LEAVING, revision=revision
        )
    return found


def forget_former_people(*, import_id: int) -> None:
    """Forget what profiles were before an import changed them: it cannot be undone any more."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM customers_formercustomer WHERE import_id = %s", [import_id])


def people_of_import(*, import_id: int) -> tuple[int, int]:
    """Return how many people an import made, and how many profiles it changed."""
    made = Customer.objects.filter(import_id=import_id).count()
    return made, FormerCustomer.objects.filter(import_id=import_id).count()
