"""Find the branches a file names, and open those the brand does not have yet."""

from datetime import datetime

import pyarrow as pa

from regulars.identify.intake.loading.steps import Done, once
from regulars.identify.intake.models import Import, ImportKind, Phase
from regulars.lake.public import Workbench
from regulars.organization.public import Branch, ensure_branches
from regulars.work.public import TaskControl

LONGEST_CODE = 40
BRANCHES_IN = {ImportKind.CUSTOMERS: ("profile",), ImportKind.ORDERS: ("purchase", "refund")}
"""The staged tables that name branches, by the kind of file."""


def load_branches(
    db: Workbench, imported: Import, *, tables: tuple[str, ...], control: TaskControl, now: datetime
) -> None:
    """Open the branches that are new, then ``branch_id`` (branch, branch_id) in DuckDB."""
    named = _named(db, tables)

    def work(revision: int) -> Done:
        del revision
        missing = sorted({name.strip()[:LONGEST_CODE] for name in named} - set(_known(imported)))
        ids = ensure_branches(imported.brand, codes=missing, by=imported.by, now=now)
        return Done(counts={"new_branches": len(ids)}, made=sorted(ids.values()))

    if named:
        once(imported, Phase.BRANCHES, 0, work, control=control)
    number_branches(db, imported, tables=tables)


def number_branches(db: Workbench, imported: Import, *, tables: tuple[str, ...]) -> None:
    """Make ``branch_id`` of the branches a file names; a code counts before a name."""
    known = _known(imported)
    found = [(name, known.get(name.strip()[:LONGEST_CODE])) for name in _named(db, tables)]
    rows = pa.table(
        {
            "branch": pa.array([name for name, _ in found], pa.string()),
            "branch_id": pa.array([number for _, number in found], pa.int64()),
        }
    )
    db.register("incoming", rows)
    db.execute("CREATE OR REPLACE TABLE branch_id AS SELECT * FROM incoming")
    db.unregister("incoming")


def _named(db: Workbench, tables: tuple[str, ...]) -> list[str]:
    parts = " UNION ".join(
        f"SELECT branch FROM st.{table} WHERE branch IS NOT NULL"  # noqa: S608
        for table in tables
    )
    return [name for (name,) in db.execute(parts).fetchall()]


def _known(imported: Import) -> dict[str, int]:
    branches = list(Branch.objects.filter(brand=imported.brand))
    names = {branch.name: branch.pk for branch in branches}
    return {**names, **{branch.code: branch.pk for branch in branches}}
