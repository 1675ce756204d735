"""The staging file of an import: what its file says, ready to be written."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from regulars.identify.intake.staging.accepted import FILE, show_staged
from regulars.lake.public import Workbench, workbench

NAME = "staged.duckdb"


@contextmanager
def staged(folder: Path, *, make: Callable[[Workbench], None]) -> Iterator[Workbench]:
    """Open the staging file in ``folder`` as the views ``st``, made first if it is not there."""
    path = folder / NAME
    with workbench(folder=folder / "spill") as db:
        if not path.exists():
            half = path.with_suffix(".half")
            half.unlink(missing_ok=True)
            db.execute(f"ATTACH '{_quoted(half)}' AS st")
            make(db)
            db.execute("CHECKPOINT st")
            db.execute("DETACH st")
            half.rename(path)
        db.execute(f"ATTACH '{_quoted(path)}' AS {FILE} (READ_ONLY)")
        show_staged(db)
        yield db


def keep_facts(db: Workbench, facts: dict[str, object]) -> None:
    """Write down what staging found out, beside the tables."""
    db.execute("CREATE OR REPLACE TABLE st.facts AS SELECT ? AS facts", [json.dumps(facts)])


def facts_of(db: Workbench) -> dict[str, object]:
    found = db.execute("SELECT facts FROM st.facts").fetchone()
    return json.loads(found[0]) if found else {}


def forget_staged(folder: Path) -> None:
    """Remove the staging file, so that the next run makes it anew."""
    (folder / NAME).unlink(missing_ok=True)


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
