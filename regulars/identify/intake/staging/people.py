"""Tell who bought: one person for every set of identifiers that means the same customer.

Fills in the staging file ``st``: ``person`` (with the customer's number where they are known) and
``identity``, what each of them is to be recognized by.
"""

from collections.abc import Sequence

import pyarrow as pa

from regulars.identify.customers.public import KINDS, Crowd
from regulars.identify.intake.mapping.person_fields import PUBLIC_ID
from regulars.identify.intake.staging.filled import filled
from regulars.identify.intake.staging.known_people import known_identities
from regulars.lake.public import Workbench
from regulars.organization.public import Brand

RANKED = sorted(KINDS, key=lambda key: -KINDS[key].priority)
Value = tuple[str, str]


def recognize_people(db: Workbench, kinds: Sequence[str], *, brand: Brand) -> None:
    """Make ``order_person``, ``st.person`` and ``st.identity`` of ``given_set``.

    ``given_set`` has a row for every distinct set: ``given`` (its place in the file's order) and a
    column for each kind with the normal form or NULL.
    """
    ranked = [key for key in (PUBLIC_ID.key, *RANKED) if key in kinds]
    _make_values(db, ranked)
    known_identities(db, brand=brand)
    db.execute(_TANGLED)
    db.execute(_SIMPLE)
    _untangle(db)
    db.execute(_PEOPLE)


def _make_values(db: Workbench, ranked: list[str]) -> None:
    parts = [
        filled(
            "SELECT given, '<kind>' AS kind, <kind> AS value, <rank> AS rank FROM given_set "
            "WHERE <kind> IS NOT NULL",
            kind=kind,
            rank=str(rank),
        )
        for rank, kind in enumerate(ranked)
    ]
    nobody = "SELECT 0::BIGINT AS given, '' AS kind, '' AS value, 0 AS rank WHERE false"
    db.execute(f"CREATE OR REPLACE TABLE given_value AS {' UNION ALL '.join([nobody, *parts])}")


# A set is simple when every value of it is given by no other set, and at most one is known: then
# it means that customer, or a new one. With a single value it is simple even if others give it too,
# for they are then equal, unless they give more values besides.
_TANGLED = """
    CREATE OR REPLACE TABLE tangled AS
    WITH shared AS (
        SELECT kind, value FROM given_value GROUP BY kind, value HAVING count(*) > 1
    ), counted AS (
        SELECT given, count(*) AS given_values, count(known.customer_id) AS known_values
        FROM given_value LEFT JOIN known_identity AS known USING (kind, value) GROUP BY given
    )
    SELECT DISTINCT given FROM given_value SEMI JOIN shared USING (kind, value)
    UNION
    SELECT given FROM counted WHERE known_values > 0 AND given_values > 1
"""

_SIMPLE = """
    CREATE OR REPLACE TABLE meant AS
    SELECT given, given AS person, known.customer_id, kind AS anchor_kind, value AS anchor_value
    FROM given_value ANTI JOIN tangled USING (given)
    LEFT JOIN known_identity AS known USING (kind, value)
    QUALIFY row_number() OVER (PARTITION BY given ORDER BY rank) = 1;
    CREATE OR REPLACE TABLE gained AS
    SELECT given AS person, kind, value FROM given_value ANTI JOIN tangled USING (given)
    ANTI JOIN known_identity USING (kind, value)
"""


def _untangle(db: Workbench) -> None:
    """Go through the sets that touch others one after the other, in the order of the file."""
    sets = db.execute(
        """
        SELECT given, list(kind ORDER BY rank), list(value ORDER BY rank) FROM given_value
        SEMI JOIN tangled USING (given) GROUP BY given ORDER BY given
        """
    ).fetchall()
    if not sets:
        return
    known = db.execute("SELECT kind, value, customer_id FROM known_identity").fetchall()
    held = db.execute("SELECT customer_id, kind, value FROM held_identity").fetchall()
    crowd = Crowd(
        {(kind, value): -customer for kind, value, customer in known},
        [(-customer, kind, value) for customer, kind, value in held],
    )
    meant: list[tuple[int, int, int | None]] = []
    gained: list[tuple[int, str, str]] = []
    people: dict[int, int] = {}
    for given, kinds, values in sets:
        told = list(zip(kinds, values, strict=True))
        person = crowd.meant_by(told)
        person = given if person is None else person
        place = people.setdefault(person, given)
        meant.append((given, place, -person if person < 0 else None))
        gained += [(place, kind, value) for kind, value in crowd.give(person, told)]
    _keep(db, meant, gained)


def _keep(
    db: Workbench,
    meant: list[tuple[int, int, int | None]],
    gained: list[tuple[int, str, str]],
) -> None:
    told = pa.table(
        {
            "given": pa.array([row[0] for row in meant], pa.int64()),
            "person": pa.array([row[1] for row in meant], pa.int64()),
            "customer_id": pa.array([row[2] for row in meant], pa.int64()),
        }
    )
    db.register("incoming", told)
    db.execute("INSERT INTO meant SELECT given, person, customer_id, NULL, NULL FROM incoming")
    db.unregister("incoming")
    got = pa.table(
        {
            "person": pa.array([row[0] for row in gained], pa.int64()),
            "kind": pa.array([row[1] for row in gained], pa.string()),
            "value": pa.array([row[2] for row in gained], pa.string()),
        }
    )
    db.register("incoming", got)
    db.execute("INSERT INTO gained SELECT * FROM incoming")
    db.unregister("incoming")


# Whoever is loaded is found again by an anchor: a value that is theirs before or after.
_PEOPLE = """
    CREATE OR REPLACE TABLE st.identity AS
    SELECT person, kind, value FROM gained ORDER BY person, kind, value;
    CREATE OR REPLACE TABLE st.person AS
    WITH theirs AS (
        SELECT person, kind, value FROM gained
        UNION ALL
        SELECT meant.person, kind, value FROM meant JOIN given_value USING (given)
        JOIN known_identity AS known USING (kind, value)
        WHERE known.customer_id = meant.customer_id
    ), anchor AS (
        SELECT person, min({'kind': kind, 'value': value}) AS anchor FROM theirs GROUP BY person
    )
    SELECT person, any_value(customer_id) AS customer_id, any_value(anchor).kind AS anchor_kind,
           any_value(anchor).value AS anchor_value
    FROM meant JOIN anchor USING (person) GROUP BY person ORDER BY person
"""
