"""``regulars lake``: look after the columnar mirror."""

import time
from collections.abc import Callable
from dataclasses import asdict
from typing import Annotated

import typer
from rich.table import Table

from regulars.cli.console import AsJson, answer, progress, refusing, show, waiting
from regulars.cli.preparing import ensure_migrated
from regulars.lake.public import (
    LakeStatus,
    NeverMirrored,
    Progress,
    Snapshot,
    catch_up,
    compact,
    erase,
    lake_status,
    rebuild,
)

app = typer.Typer(no_args_is_help=True, help="Look after the lake, the columnar mirror.")

Customers = Annotated[list[int], typer.Argument(help="Internal numbers of customers.")]


@app.command()
def status(*, json: AsJson = False) -> None:
    """Say what the lake shows, how far behind it is, and what it weighs.

    Example: `regulars lake status --json`
    """
    ensure_migrated()
    found = lake_status()
    if json:
        answer(_as_json(found) if found else None)
    elif found is None:
        show("The lake is empty. A worker fills it, and so does `regulars lake catch-up`.")
    else:
        _show(found)


@app.command("catch-up")
def catch_up_command(*, json: AsJson = False) -> None:
    """Mirror everything new, now; a worker does so every second.

    Example: `regulars lake catch-up`
    """
    _fill(catch_up, "Catching up", json=json)


@app.command("rebuild")
def rebuild_command(*, json: AsJson = False) -> None:
    """Fill the lake from nothing; readers see the old one until the new one is whole.

    Needed after a backup of the database was restored. Example: `regulars lake rebuild`
    """
    _fill(rebuild, "Rebuilding", json=json)


@app.command("compact")
def compact_command(*, json: AsJson = False) -> None:
    """Join small files and write away what holds no more; a worker does so when there is need.

    Example: `regulars lake compact`
    """
    ensure_migrated()
    with refusing(NeverMirrored), waiting("Compacting …"):
        replaced = compact(thoroughly=True)
    if json:
        answer(replaced)
    else:
        show(f"{sum(replaced.values())} files of {len(replaced)} tables were replaced.")


@app.command("erase")
def erase_command(customers: Customers, *, json: AsJson = False) -> None:
    """Destroy what the lake still holds of customers who were erased from the database.

    Example: `regulars lake erase 4711 4712`
    """
    ensure_migrated()
    with refusing(NeverMirrored), waiting("Erasing …"):
        erase(customer_ids=customers)
    if json:
        answer({"erased": customers})
    else:
        show("No file of the lake holds them any more.")


def _fill(fill: Callable[..., Snapshot], doing: str, *, json: bool) -> None:
    ensure_migrated()
    began = time.monotonic()
    rows: dict[str, int] = {}
    with progress(doing) as tell:
        snapshot = fill(progress=_telling(tell, rows))
    seconds = round(time.monotonic() - began, 2)
    if json:
        answer({"revision": snapshot.revision, "at": snapshot.at, "rows": rows, "seconds": seconds})
    else:
        revision = snapshot.revision
        show(f"{sum(rows.values()):,} rows in {seconds} s; the lake is at revision {revision}.")


def _telling(tell: Callable[[int, int | None, str], None], rows: dict[str, int]) -> Progress:
    def told(table: str, so_far: int) -> None:
        rows[table] = so_far
        tell(so_far, None, table)

    return told


def _as_json(found: LakeStatus) -> dict[str, object]:
    return {
        "revision": found.snapshot.revision,
        "at": found.snapshot.at,
        "age_seconds": round(found.age.total_seconds(), 3),
        "behind": found.behind,
        "generation": found.snapshot.generation,
        "engine": asdict(found.engine),
        "tables": [asdict(table) for table in found.tables],
    }


def _show(found: LakeStatus) -> None:
    table = Table("table", *(("rows", "voids", "files", "MB")), box=None, pad_edge=False)
    for one in found.tables:
        size = f"{one.size / 1e6:.1f}"
        table.add_row(one.name, f"{one.rows:,}", f"{one.voids:,}", str(one.files), size)
    show(table)
    behind = f"{found.behind} revisions behind" if found.behind else "up to date"
    show(f"As of {found.snapshot.at:%Y-%m-%d %H:%M:%S} UTC, {behind}.")
    engine = found.engine
    show(f"Questions go to {engine.name}{engine.at and f' at {engine.at}'}.")
    if engine.trouble:
        show(engine.trouble)
