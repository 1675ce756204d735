"""Write the people of a staged file, and find them again."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial

import pyarrow as pa
from django.utils.translation import gettext_noop

from regulars.identify.customers.public import (
    PeopleSet,
    PeopleWritten,
    compare_people,
    name_keys,
    owners_of,
    record_people,
    register_people,
    tail,
)
from regulars.identify.intake.loading.steps import Done, once
from regulars.identify.intake.models import Import, ImportKind, Phase
from regulars.identify.intake.temporary import temporary
from regulars.lake.public import Workbench
from regulars.lib.public_id import public_ids
from regulars.work.public import TaskControl

_PEOPLE = {
    "person": "bigint", "anchor_kind": "text", "anchor_value": "text", "public_id": "text",
    "name": "text", "search_name": "text", "turned_name": "text", "gender": "text",
    "born_on": "date", "language": "text", "city": "text", "region": "text", "country": "text",
    "postcode": "text", "address": "text", "interests": "jsonb", "fields": "jsonb",
    "branch_id": "bigint", "source": "text", "known_since": "timestamptz",
}  # fmt: skip
_IDENTIFIERS = {"person": "bigint", "kind": "text", "value": "text", "tail": "text"}

_TOLD = """
    (SELECT profile.*, named.search_name, named.turned_name, named.public_id,
            branch_id.branch_id, '{source}' AS source
     FROM st.profile AS profile JOIN named_person AS named USING (person)
     LEFT JOIN branch_id ON branch_id.branch = profile.branch
     ORDER BY person)
"""


def load_people(db: Workbench, imported: Import, *, control: TaskControl, now: datetime) -> None:
    """Register the people who are new, some thousands at a time; a customer file changes others."""
    total = done = 0
    for step, people in people_steps(db):
        total = total or sum(count for _, count in people_steps(db))
        work = partial(_register, db=db, imported=imported, step=step, now=now)
        once(imported, Phase.PEOPLE, step, work, control=control)
        done += people
        control.progress(done, total, gettext_noop("Writing customers"))


def people_steps(db: Workbench) -> list[tuple[int, int]]:
    """Return the steps and how many people each has."""
    return db.execute(
        "SELECT step, count(*) FROM st.profile GROUP BY step ORDER BY step"
    ).fetchall()


def _register(revision: int, *, db: Workbench, imported: Import, step: int, now: datetime) -> Done:
    write = record_people if imported.kind == ImportKind.CUSTOMERS else register_people
    with _people(db, imported, step) as told:
        written = write(told, import_id=imported.pk, revision=revision, now=now)
    return _done(imported, written)


def compare_people_step(db: Workbench, imported: Import, step: int) -> Done:
    """Say what writing a step of people would do."""
    with _people(db, imported, step) as told:
        return _done(imported, compare_people(told))


def _done(imported: Import, written: PeopleWritten) -> Done:
    if imported.kind != ImportKind.CUSTOMERS:
        return Done(counts={"new_customers": written.new})
    return Done(
        counts={
            "new_customers": written.new,
            "changed_customers": written.changed,
            "unchanged_customers": written.unchanged,
        }
    )


@contextmanager
def _people(db: Workbench, imported: Import, step: int) -> Iterator[PeopleSet]:
    _name_people(db, step)
    _add_tails(db)
    told = _TOLD.format(source=imported.source)
    with (
        temporary(db, "intake_person", _PEOPLE, told, index="person") as people,
        temporary(db, "intake_identity", _IDENTIFIERS, "told_identity") as identifiers,
    ):
        yield PeopleSet(
            brand=imported.brand, source=imported.source, people=people, identifiers=identifiers
        )


def _name_people(db: Workbench, step: int) -> None:
    """Make ``named_person``: for each person of the step a public id and the forms of the name."""
    found = db.execute(
        "SELECT person, name FROM st.profile WHERE step = ? ORDER BY person", [step]
    ).fetchall()
    keys = name_keys({name for _, name in found})
    rows = pa.table(
        {
            "person": pa.array([person for person, _ in found], pa.int64()),
            "public_id": public_ids("cus", len(found)),
            "search_name": [keys[name][0] for _, name in found],
            "turned_name": [keys[name][1] for _, name in found],
        }
    )
    db.register("incoming", rows)
    db.execute("CREATE OR REPLACE TABLE named_person AS SELECT * FROM incoming")
    db.unregister("incoming")


def _add_tails(db: Workbench) -> None:
    """Make ``told_identity`` of the people of the step."""
    found = db.execute(
        """
        SELECT person, kind, value FROM st.identity
        SEMI JOIN named_person USING (person) ORDER BY ALL
        """
    ).fetchall()
    rows = pa.table(
        {
            "person": pa.array([row[0] for row in found], pa.int64()),
            "kind": pa.array([row[1] for row in found], pa.string()),
            "value": pa.array([row[2] for row in found], pa.string()),
            "tail": pa.array([tail(row[1], row[2]) for row in found], pa.string()),
        }
    )
    db.register("incoming", rows)
    db.execute("CREATE OR REPLACE TABLE told_identity AS SELECT * FROM incoming")
    db.unregister("incoming")


def find_people(db: Workbench, imported: Import, *, anchors: str) -> None:
    """Make ``found_person`` (person, customer_id) of the people in a table of DuckDB."""
    told = f"(SELECT anchor_kind AS kind, anchor_value AS value FROM {anchors})"  # noqa: S608
    with temporary(db, "intake_anchor", {"kind": "text", "value": "text"}, told) as table:
        found = owners_of(brand=imported.brand, told=table)
    rows = pa.table(
        {
            "kind": pa.array([row[0] for row in found], pa.string()),
            "value": pa.array([row[1] for row in found], pa.string()),
            "customer_id": pa.array([row[2] for row in found], pa.int64()),
        }
    )
    db.register("incoming", rows)
    db.execute(
        f"""
        CREATE OR REPLACE TABLE found_person AS
        SELECT person, incoming.customer_id FROM {anchors} AS anchor JOIN incoming
          ON incoming.kind = anchor.anchor_kind AND incoming.value = anchor.anchor_value
        """  # noqa: S608
    )
    db.unregister("incoming")
