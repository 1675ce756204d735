"""``regulars import undo`` and ``regulars import list``: the way back from an import."""

import time
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Annotated, Any

import typer
from rich.table import Table

from regulars.cli.brands import BrandSlug, brand_asked
from regulars.cli.console import AsJson, Refused, answer, progress, show
from regulars.cli.mirroring import mirror_now
from regulars.cli.preparing import ensure_migrated
from regulars.identify.intake.public import (
    Consequence,
    Import,
    NotNow,
    NotPossible,
    consequence_of_undo,
    import_numbered,
    latest_imports,
    start_undo,
)
from regulars.work.public import Task, TaskState, run_task

app = typer.Typer()

Number = Annotated[
    int, typer.Argument(help="The import's number, as `regulars import list` tells.")
]
Dry = Annotated[bool, typer.Option("--dry-run", help="Say what would happen, and write nothing.")]
WHAT = ("orders", "refunds", "customers", "products")


@app.command("list")
def list_command(brand: BrandSlug, *, json: AsJson = False) -> None:
    """Show the latest imports of a brand, the last first.

    Example: `regulars import list --brand teahouse`
    """
    ensure_migrated()
    imports = latest_imports(brand=brand_asked(brand))
    if json:
        answer([_as_json(imported) for imported in imports])
        return
    table = Table("", "when", "what", "file", "state", "rows", box=None, pad_edge=False)
    for one in imports:
        rows = f"{one.counts.get('lines', 0):,}"
        when = f"{one.created_at:%Y-%m-%d %H:%M}"
        table.add_row(str(one.pk), when, one.kind, one.file_name, one.state, rows)
    show(table)


@app.command("undo")
def undo_command(number: Number, *, dry_run: Dry = False, json: AsJson = False) -> None:
    """Take back what an import made and put back what it changed; what was changed since stays.

    Doing it again goes on where it stopped. Example: `regulars import undo 12`
    """
    ensure_migrated()
    if (imported := import_numbered(number)) is None:
        raise Refused(f"There is no import {number}.")
    if dry_run:
        _tell_consequence(imported, as_json=json)
        return
    began = time.perf_counter()
    task = _started(imported)
    with progress("undoing") as tell:
        task = run_task(task, watch=lambda seen: tell(seen.done, seen.total, seen.doing))
    if task.state != TaskState.DONE:
        raise Refused(f"{task.error or 'It was stopped.'} The same command goes on.")
    seconds = round(time.perf_counter() - began, 2)
    mirror_now()
    imported.refresh_from_db()
    _tell(imported, seconds=seconds, as_json=json)


def _started(imported: Import) -> Task:
    try:
        return start_undo(imported, by=None, now=datetime.now(UTC))
    except NotNow as busy:
        raise Refused(f"Import {busy.other.pk} ({busy.other}) runs: wait, or cancel it.") from busy
    except NotPossible as late:
        until = f"{imported.undo_until:%Y-%m-%d}"
        raise Refused(
            f"Import {imported.pk} is {imported.state}; it could be undone until {until}."
        ) from late


def _tell(imported: Import, *, seconds: float, as_json: bool) -> None:
    undone: dict[str, Any] = imported.counts["undo"]
    if as_json:
        answer({"import": imported.pk, "brand": imported.brand.slug, **undone, "seconds": seconds})
        return
    show(f"Undone in {seconds} s: {_listed(undone)} are gone.")
    kept = sum(count for what, count in undone.items() if what.startswith("kept_"))
    if kept:
        show(f"{kept:,} rows stay: they were changed since, or something else needs them.")


def _tell_consequence(imported: Import, *, as_json: bool) -> None:
    found: Consequence = consequence_of_undo(imported)
    if as_json:
        answer({"import": imported.pk, "brand": imported.brand.slug, **asdict(found)})
        return
    show(f"Nothing was written. {_listed(asdict(found))} would go.")
    show(f"{found.changed_orders:,} orders would be what they were; {found.kept_orders:,} stay.")


def _listed(counts: dict[str, Any]) -> str:
    return ", ".join(f"{counts[what]:,} {what}" for what in WHAT if counts.get(what)) or "no rows"


def _as_json(imported: Import) -> dict[str, object]:
    return {
        "import": imported.pk,
        "kind": imported.kind,
        "file": imported.file_name,
        "state": imported.state,
        "created_at": imported.created_at,
        "undo_until": imported.undo_until,
    }
