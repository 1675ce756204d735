"""``regulars import undo``: the way back from an import."""

import time
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Annotated, Any

import typer

from regulars.cli.console import AsJson, Refused, answer, progress, show
from regulars.cli.mirroring import mirror_now
from regulars.cli.preparing import ensure_migrated
from regulars.identify.intake.public import (
    Consequence,
    Import,
    NotNow,
    NotPossible,
    Standing,
    consequence_of_undo,
    give_up,
    import_numbered,
    standing_of,
    start_undo,
)
from regulars.work.public import Task, TaskState, run_task

app = typer.Typer()

Number = Annotated[
    int, typer.Argument(help="The import's number, as `regulars import list` tells.")
]
Dry = Annotated[bool, typer.Option("--dry-run", help="Say what would happen, and write nothing.")]
WHAT = ("orders", "refunds", "customers", "products")


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
    now = datetime.now(UTC)
    try:
        if standing_of(imported) == Standing.BROKE_OFF:
            give_up(imported, by=None, now=now)
        return start_undo(imported, by=None, now=now)
    except NotNow as busy:
        raise Refused(_in_the_way(busy.other)) from busy
    except NotPossible as late:
        raise Refused(_why_not(imported)) from late


def _in_the_way(other: Import) -> str:
    if standing_of(other) == Standing.BROKE_OFF:
        return (
            f"Import {other.pk} ({other}) of the same brand broke off: `regulars import finish "
            f"{other.pk}` or `regulars import undo {other.pk}` first."
        )
    return f"Import {other.pk} ({other}) runs: wait, or cancel it."


def _why_not(imported: Import) -> str:
    which = f"Import {imported.pk} ({imported})"
    if imported.undone_at is not None:
        day = imported.undone_at.astimezone(imported.brand.zone)
        return f"{which} was undone on {day:%Y-%m-%d} already: nothing is left to undo."
    if imported.forgotten_at is not None or imported.undo_until <= datetime.now(UTC):
        until = f"{imported.undo_until.astimezone(imported.brand.zone):%Y-%m-%d}"
        return f"{which} could be undone until {until}: what was there before it is forgotten."
    return f"{which} brought nothing in: there is nothing to undo."


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
