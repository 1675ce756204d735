"""Write the people of a staged file, and find them again."""

from datetime import datetime
from functools import partial

import pyarrow as pa
from django.utils.translation import gettext_noop

from regulars.identify.customers.public import name_keys, owners_of, register_people, tail
from regulars.identify.intake.loading.steps import Done, once
from regulars.identify.intake.models import Import, Phase
from regulars.identify.intake.temporary import temporary
from regulars.lake.public import Workbench
from regulars.lib.public_id import public_ids
from regulars.work.public import TaskControl

_PEOPLE = {
    "person": "bigint", "anchor_kind": "text", "anchor_value": "text", "public_id": "text",
    "name": "text", "search_name": "text", "turned_name": "text", "gender": "text",
    "born_on": "date", "language": "text", "city": "text", "region": "text", "country": "text",
    "postcode": "text", "address": "text", "fields": "jsonb", "branch_id": "bigint",
    "source": "text", "known_since": "timestamptz",
}  # fmt: skip
_IDENTIFIERS = {"person": "bigint", "kind": "text", "value": "text", "tail": "text"}

_TOLD = """
    (SELECT profile.*, named.search_name, named.turned_name, named.public_id,
            CAST(NULL AS BIGINT) AS branch_id, '{source}' AS source
     FROM st.profile AS profile JOIN named_person AS named USING (person))
"""


def load_people(db: Workbench, imported: Import, *, control: TaskControl, now: datetime) -> None:
    """Register the people who are new, some thousands at a time."""
    found = db.execute(
        "SELECT step, count(*) FROM st.profile GROUP BY step ORDER BY step"
    ).fetchall()
    total = sum(people for _, people in found)
    done = 0
    for step, people in found:
        work = partial(_register, db=db, imported=imported, step=step, now=now)
        once(imported, Phase.PEOPLE, step, work, control=control)
        done += people
        control.progress(done, total, gettext_noop("Writing customers"))


def _register(revision: int, *, db: Workbench, imported: Import, step: int, now: datetime) -> Done:
    _name_people(db, step)
    _add_tails(db)
    with (
        temporary(
            db, "intake_person", _PEOPLE, _TOLD.format(source=imported.source), index="person"
        ) as people,
        temporary(db, "intake_identity", _IDENTIFIERS, "told_identity") as identifiers,
    ):
        made = register_people(
            brand=imported.brand,
            people=people,
            identifiers=identifiers,
            source=imported.source,
            import_id=imported.pk,
            revision=revision,
            now=now,
        )
    return Done(counts={"new_customers": made})


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
