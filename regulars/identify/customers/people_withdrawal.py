"""Take back the people an import made, and put back the profiles it changed."""

from collections.abc import Sequence

from django.db import connection

from regulars.identify.customers.models import Customer, FormerCustomer
from regulars.lake.public import (
    LEAVING,
    Withdrawn,
    counted,
    keep_changed,
    keep_held,
    note_reversions,
    pointing_at,
    portion,
    remove_rows,
)

_MADE = """
    SELECT id AS place, id, revision AS said, 0 AS stays FROM customers_customer
    WHERE import_id = {import_id} AND id > {after}
"""
_CHANGED = """
    SELECT former.id AS place, kept.id, kept.revision AS said, 0 AS stays,
           former.revision AS changed_at, former.former_revision
    FROM customers_formercustomer AS former JOIN customers_customer AS kept
      ON kept.id = former.customer_id
    WHERE former.import_id = {import_id} AND former.id > {after}
"""
_BACK = """
    UPDATE customers_customer SET
        name = former.name, search_name = former.search_name, turned_name = former.turned_name,
        gender = former.gender, born_on = former.born_on, language = former.language,
        city = former.city, region = former.region, country = former.country,
        postcode = former.postcode, address = former.address, interests = former.interests,
        branch_id = former.branch_id, fields = former.fields, revision = {revision}
    FROM customers_formercustomer AS former JOIN withdrawn ON withdrawn.place = former.id
    WHERE customers_customer.id = former.customer_id AND withdrawn.stays = 0
"""
_FORGET = "DELETE FROM customers_formercustomer WHERE id IN (SELECT place FROM withdrawn)"

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
    asked = _MADE.format(import_id=int(import_id), after=int(after))
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
    asked = _CHANGED.format(import_id=int(import_id), after=int(after))
    with portion(asked, mirror="customers") as cursor:
        cursor.execute("UPDATE withdrawn SET stays = 1 WHERE said <> changed_at")
        found = counted()
        cursor.execute(_BACK.format(revision=int(revision)))
        note_reversions(mirror="customers", rows=LEAVING, revision=revision)
        cursor.execute(_FORGET)
    return found


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
