"""Recognize and register people by the set. Callers put them into temporary tables first."""

from datetime import datetime

from django.db import connection

from regulars.organization.public import Brand

_OWNERS = """
    SELECT told.kind, told.value, coalesce(person.canonical_id, person.id)
    FROM {told} AS told JOIN customers_identifier AS identifier
      ON identifier.brand_id = %s AND identifier.kind = told.kind AND identifier.value = told.value
    JOIN customers_customer AS person ON person.id = identifier.customer_id
"""

_HELD = """
    SELECT identifier.customer_id, identifier.kind, identifier.value
    FROM {told} AS told
    JOIN customers_identifier AS identifier ON identifier.customer_id = told.customer_id
"""

_NEW = """
    CREATE TEMPORARY TABLE people_new AS
    SELECT told.person FROM {people} AS told WHERE NOT EXISTS (
        SELECT 1 FROM customers_identifier AS identifier
        WHERE identifier.brand_id = {brand} AND identifier.kind = told.anchor_kind
          AND identifier.value = told.anchor_value)
"""

_MAKE = """
    INSERT INTO customers_customer (
        public_id, brand_id, name, search_name, turned_name, gender, born_on, language, city,
        region, country, postcode, address, interests, note, source, branch_id, fields, import_id,
        created_at, revision)
    SELECT told.public_id, %s, told.name, told.search_name, told.turned_name, told.gender,
           told.born_on, told.language, told.city, told.region, told.country, told.postcode,
           told.address, '[]', '', told.source, told.branch_id, told.fields, %s,
           told.known_since, %s
    FROM {people} AS told JOIN people_new ON people_new.person = told.person
    ORDER BY told.person
"""

_OWNED = """
    CREATE TEMPORARY TABLE people_owner AS
    SELECT told.person, made.id AS customer_id FROM {people} AS told
    JOIN people_new ON people_new.person = told.person
    JOIN customers_customer AS made ON made.public_id = told.public_id
    UNION ALL
    SELECT told.person, coalesce(known.canonical_id, known.id) FROM {people} AS told
    JOIN customers_identifier AS identifier ON identifier.brand_id = {brand}
     AND identifier.kind = told.anchor_kind AND identifier.value = told.anchor_value
    JOIN customers_customer AS known ON known.id = identifier.customer_id
    WHERE told.person NOT IN (SELECT person FROM people_new)
"""

_GIVE = """
    INSERT INTO customers_identifier (
        brand_id, customer_id, kind, value, tail, source, import_id, created_at, revision)
    SELECT %s, owner.customer_id, told.kind, told.value, told.tail, %s, %s, %s, %s
    FROM {identifiers} AS told JOIN people_owner AS owner ON owner.person = told.person
    ORDER BY told.person, told.kind, told.value
    ON CONFLICT (brand_id, kind, value) DO NOTHING
"""


def owners_of(*, brand: Brand, told: str) -> list[tuple[str, str, int]]:
    """Return kind, value and today's customer of those identifiers that are known.

    ``told`` is a table, or a subselect in brackets, of kind and normal value.
    """
    with connection.cursor() as cursor:
        cursor.execute(_OWNERS.format(told=told), [brand.pk])
        return list(cursor.fetchall())


def identifiers_of(*, told: str) -> list[tuple[int, str, str]]:
    """Return customer, kind and value of all identifiers of the customers in a table."""
    with connection.cursor() as cursor:
        cursor.execute(_HELD.format(told=told))
        return list(cursor.fetchall())


def register_people(
    *,
    brand: Brand,
    people: str,
    identifiers: str,
    source: str,
    import_id: int,
    revision: int,
    now: datetime,
) -> int:
    """Make those people whom nothing identifies yet, give all their identifiers; return how many.

    ``people`` is a temporary table: person, anchor_kind and anchor_value (an identifier that is
    theirs, before or after), public_id, known_since, source, and a profile with its search_name and
    turned_name. ``identifiers`` has person, kind, value and tail. Whoever is known keeps their
    profile; an identifier that somebody has stays theirs. Doing it again changes nothing.
    """
    known_since = connection.ops.adapt_datetimefield_value(now)
    blanks = {"people": people, "identifiers": identifiers, "brand": brand.pk}
    with connection.cursor() as cursor:
        cursor.execute(_NEW.format(**blanks))
        cursor.execute(_MAKE.format(**blanks), [brand.pk, import_id, revision])
        made = int(cursor.rowcount)
        cursor.execute(_OWNED.format(**blanks))
        cursor.execute(_GIVE.format(**blanks), [brand.pk, source, import_id, known_since, revision])
        cursor.execute("DROP TABLE people_owner")
        cursor.execute("DROP TABLE people_new")
    return made
