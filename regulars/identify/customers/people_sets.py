"""Recognize, register and change people by the set, out of temporary tables."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.backends.utils import CursorWrapper

from regulars.identify.customers import people_steps as steps
from regulars.organization.public import Brand


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleSet:
    """Where people wait to be written: two temporary tables, and what is true of all of them.

    ``people``: person, anchor_kind and anchor_value (an identifier that is theirs, before or
    after, or the public_id of somebody known), public_id, known_since, source, and a profile with
    its search_name and turned_name, empty where nothing is told. ``identifiers``: person, kind,
    value and tail.
    """

    brand: Brand
    source: str
    people: str
    identifiers: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleWritten:
    """How many were made, changed, and known as they are."""

    new: int
    changed: int
    unchanged: int


def owners_of(*, brand: Brand, told: str) -> list[tuple[str, str, int]]:
    """Return kind, value and today's customer of those identifiers that are known.

    ``told`` is a table, or a subselect in brackets, of kind and normal value; somebody is known by
    their ``public_id``, too, though it is no identifier that could be given.
    """
    with connection.cursor() as cursor:
        cursor.execute(steps.OWNERS.format(told=told), [brand.pk, brand.pk])
        return list(cursor.fetchall())


def identifiers_of(*, told: str) -> list[tuple[int, str, str]]:
    """Return customer, kind and value of all identifiers of the customers in a table."""
    with connection.cursor() as cursor:
        cursor.execute(steps.HELD.format(told=told))
        return list(cursor.fetchall())


def register_people(
    told: PeopleSet, *, import_id: int, revision: int, now: datetime
) -> PeopleWritten:
    """Make those people whom nothing identifies yet, and give all their identifiers.

    Whoever is known keeps their profile; an identifier that somebody has stays theirs. Doing it
    again changes nothing.
    """
    with _compared(told) as (cursor, written):
        _write(cursor, told, import_id=import_id, revision=revision, now=now)
    return PeopleWritten(new=written.new, changed=0, unchanged=written.unchanged + written.changed)


def record_people(
    told: PeopleSet, *, import_id: int, revision: int, now: datetime
) -> PeopleWritten:
    """Register people, and change the profiles of those known to what is told.

    What a profile was is remembered for ``import_id``. The same again changes nothing.
    """
    with _compared(told) as (cursor, written):
        if written.changed:
            cursor.execute(steps.REMEMBER, [import_id, revision])
            cursor.execute(_filled(steps.CHANGE, told), [revision])
        _write(cursor, told, import_id=import_id, revision=revision, now=now)
    return written


def compare_people(told: PeopleSet) -> PeopleWritten:
    """Say what ``record_people`` would do."""
    with _compared(told) as (_, written):
        return written


@contextmanager
def _compared(told: PeopleSet) -> Iterator[tuple[CursorWrapper, PeopleWritten]]:
    with connection.cursor() as cursor:
        for statement in (steps.NEW, steps.OWNED, steps.CHANGED):
            cursor.execute(_filled(statement, told))
        everything, new, changed = (
            _count(cursor, table) for table in (told.people, "people_new", "people_changed")
        )
        yield (
            cursor,
            PeopleWritten(new=new, changed=changed, unchanged=everything - new - changed),
        )
        for table in ("people_changed", "people_owner", "people_new"):
            cursor.execute(f"DROP TABLE {table}")


def _write(
    cursor: CursorWrapper, told: PeopleSet, *, import_id: int, revision: int, now: datetime
) -> None:
    cursor.execute(_filled(steps.MAKE, told), [told.brand.pk, import_id, revision])
    cursor.execute("DROP TABLE people_owner")
    cursor.execute(_filled(steps.OWNED, told))
    known_since = connection.ops.adapt_datetimefield_value(now)
    cursor.execute(
        _filled(steps.GIVE, told), [told.brand.pk, told.source, import_id, known_since, revision]
    )


def _filled(statement: str, told: PeopleSet) -> str:
    of_vendor = steps.POSTGRESQL if connection.vendor == "postgresql" else steps.SQLITE
    return statement.format(
        people=told.people, identifiers=told.identifiers, brand=told.brand.pk, **of_vendor
    )


def _count(cursor: CursorWrapper, table: str) -> int:
    cursor.execute(f"SELECT count(*) FROM {table}")  # noqa: S608
    return int(cursor.fetchone()[0])
