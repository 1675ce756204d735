"""Ask the database which identifiers it knows, and whose they are."""

import pyarrow as pa

from regulars.identify.customers.public import Customer, identifiers_of, owners_of
from regulars.identify.intake.temporary import temporary
from regulars.lake.public import Workbench
from regulars.organization.public import Brand


def known_identities(db: Workbench, *, brand: Brand) -> None:
    """Make ``known_identity`` of ``given_value``, and ``held_identity``, all that those hold."""
    owners: list[tuple[str, str, int]] = []
    held: list[tuple[int, str, str]] = []
    if Customer.objects.filter(brand=brand).exists():
        told = "(SELECT DISTINCT kind, value FROM given_value)"
        with temporary(db, "intake_told", {"kind": "text", "value": "text"}, told) as table:
            owners = owners_of(brand=brand, told=table)
    _make_known(db, owners)
    if owners:
        known = "(SELECT DISTINCT customer_id FROM known_identity)"
        with temporary(db, "intake_told", {"customer_id": "bigint"}, known) as table:
            held = identifiers_of(told=table)
    _make_held(db, held)


def _make_known(db: Workbench, rows: list[tuple[str, str, int]]) -> None:
    table = pa.table(
        {
            "kind": pa.array([row[0] for row in rows], pa.string()),
            "value": pa.array([row[1] for row in rows], pa.string()),
            "customer_id": pa.array([row[2] for row in rows], pa.int64()),
        }
    )
    _keep(db, "known_identity", table)


def _make_held(db: Workbench, rows: list[tuple[int, str, str]]) -> None:
    table = pa.table(
        {
            "customer_id": pa.array([row[0] for row in rows], pa.int64()),
            "kind": pa.array([row[1] for row in rows], pa.string()),
            "value": pa.array([row[2] for row in rows], pa.string()),
        }
    )
    _keep(db, "held_identity", table)


def _keep(db: Workbench, name: str, table: pa.Table) -> None:
    db.register("incoming", table)
    db.execute(f"CREATE OR REPLACE TABLE {name} AS SELECT * FROM incoming")  # noqa: S608
    db.unregister("incoming")
