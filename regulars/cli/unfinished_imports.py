"""``regulars import list`` and ``finish``; and the warning of figures that miss half a file."""

import time
from typing import Annotated

import typer
from rich.table import Table

from regulars.cli.brands import BrandSlug, brand_asked
from regulars.cli.console import AsJson, Refused, answer, say, show
from regulars.cli.import_results import tell
from regulars.cli.import_work import bring_in
from regulars.cli.mirroring import mirror_now
from regulars.cli.preparing import ensure_migrated
from regulars.identify.intake.public import (
    Import,
    Standing,
    Unfinished,
    import_numbered,
    latest_imports,
    standing_of,
    unfinished_imports,
)
from regulars.organization.public import Brand

app = typer.Typer()

Number = Annotated[
    int, typer.Argument(help="The import's number, as `regulars import list` tells.")
]


@app.command("list")
def list_command(brand: BrandSlug, *, json: AsJson = False) -> None:
    """Show the latest imports of a brand, the last first.

    Example: `regulars import list --brand teahouse`
    """
    ensure_migrated()
    found = brand_asked(brand)
    imports, left = latest_imports(brand=found), unfinished_imports(brand=found)
    if json:
        written = {one.imported.pk: one.written for one in left}
        answer([_as_json(imported, written.get(imported.pk)) for imported in imports])
        return
    table = Table("", "when", "what", "file", "state", "rows", "refused", box=None, pad_edge=False)
    for one in imports:
        when = f"{one.created_at.astimezone(found.zone):%Y-%m-%d %H:%M}"
        rows, refused = (_figure(one.counts.get(what)) for what in ("lines", "refused"))
        state = standing_of(one) or one.state
        table.add_row(str(one.pk), when, one.kind, one.file_name, state, rows, refused)
    show(table, *(_sentence(one) for one in left))


@app.command("finish")
def finish_command(number: Number, *, json: AsJson = False) -> None:
    """Go on with an import that broke off or was cancelled, from where it stopped.

    Example: `regulars import finish 12`
    """
    ensure_migrated()
    imported, began = import_numbered(number), time.perf_counter()
    if imported is None:
        raise Refused(f"There is no import {number}.")
    if standing_of(imported) is None:
        raise Refused(f"Import {number} is {imported.get_state_display()}: nothing is left to do.")
    imported = bring_in(imported)
    seconds = time.perf_counter() - began
    mirror_now()
    tell(imported, seconds=seconds, as_json=json)


def warn_of_unfinished(brand: Brand) -> None:
    """Remark what figures of the brand are about to miss, or to hold only in part."""
    for one in unfinished_imports(brand=brand):
        if not one.harmless:
            say(f"Careful: {_sentence(one)}")


def _sentence(one: Unfinished) -> str:
    number, name = one.imported.pk, one.imported.file_name
    written = ", ".join(f"{n:,} {what}" for what, n in one.written.items() if "_" not in what and n)
    if one.undoing:
        end = f"`regulars import undo {number}` goes on."
        return f"the undo of import {number} ({name}) {_how(one.standing)} half-way. {end}"
    so_far = f"{written or 'nothing'} so far"
    if not one.left_alone:
        return f"import {number} ({name}) {_how(one.standing)}: {so_far}."
    return (
        f"import {number} ({name}) {_how(one.standing)}: {so_far}. Finish it with "
        f"`regulars import finish {number}`, or undo it with `regulars import undo {number}`."
    )


def _how(standing: Standing) -> str:
    return {
        Standing.WAITING: "waits for a worker",
        Standing.RUNNING: "is running",
        Standing.BROKE_OFF: "broke off",
        Standing.CANCELLED: "was cancelled",
    }[standing]


def _figure(count: int | None) -> str:
    return "" if count is None else f"{count:,}"


def _as_json(imported: Import, written: dict[str, int] | None) -> dict[str, object]:
    return {
        "import": imported.pk,
        "kind": imported.kind,
        "file": imported.file_name,
        "state": standing_of(imported) or imported.state,
        "lines": imported.counts.get("lines"),
        "refused": imported.counts.get("refused"),
        "written_so_far": written,
        "created_at": imported.created_at,
        "undo_until": imported.undo_until,
    }
