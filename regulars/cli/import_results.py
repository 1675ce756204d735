"""Tell what an import did, or would do."""

from typing import Any

from rich.table import Table

from regulars.cli.console import answer, say, show
from regulars.identify.intake.public import (
    Import,
    ImportKind,
    ImportState,
    columns_chosen,
    columns_left_out,
    identified_by,
    reject_file,
    sentences,
    unread_repetitions,
)

KEPT_APART = ("columns", "sample")
ACCEPTED = ("orders", "refunds", "customers", "products")


def show_columns(imported: Import) -> None:
    """Show what each column of the file was taken for, with a value that stands in it."""
    table = Table("field", "column", "first value", box=None, pad_edge=False)
    for chosen in columns_chosen(imported):
        table.add_row(chosen.field, chosen.column, chosen.value[:60])
    show(table)
    if left_out := columns_left_out(imported):
        show(f"Not read: {', '.join(left_out)}.")


def remark_on_columns(imported: Import) -> None:
    """Remark what may not be meant so, and is no reason to refuse the file."""
    for columns in unread_repetitions(imported):
        say(f"The same header stands over several columns, of which none is read: {columns}.")
    if imported.kind == ImportKind.ORDERS and not identified_by(imported):
        say("No column tells who bought: the orders will count for the shop, and for nobody.")


def tell(imported: Import, *, seconds: float, as_json: bool) -> None:
    """Show the counts, why rows were refused, and where they are."""
    counts = {name: n for name, n in imported.counts.items() if name not in KEPT_APART}
    rejects = reject_file(imported)
    if as_json:
        columns = {
            chosen.field: {"column": chosen.column, "first_value": chosen.value}
            for chosen in columns_chosen(imported)
        }
        told = {"import": imported.pk, "brand": imported.brand.slug, "columns": columns, **counts}
        answer({**told, "rejects": rejects and str(rejects), "seconds": round(seconds, 2)})
        return
    show(_summary(counts, seconds, checked=imported.state == ImportState.CHECKED))
    for sentence, rows in sentences({**counts["refused_reasons"], **counts["left_out"]}):
        show(f"  {rows:,} × {sentence}")
    if rejects:
        show(f"The refused rows are in {rejects}")
        say("Put them right there, and import that file.")


def came_to_nothing(imported: Import) -> bool:
    """Rows were refused, and nothing is left."""
    counts = imported.counts
    return counts["refused"] > 0 and not any(counts.get(what) for what in ACCEPTED)


def _summary(counts: dict[str, Any], seconds: float, *, checked: bool) -> str:
    told = [
        f"{counts[what]:,} {what}{_of_these(counts, what)}" for what in ACCEPTED if what in counts
    ]
    what_if = "Nothing was written. There are " if checked else ""
    return (
        f"{what_if}{counts['lines']:,} lines: {', '.join(told)}; "
        f"{counts['refused']:,} refused, in {seconds:.2f} s."
    )


def _of_these(counts: dict[str, Any], what: str) -> str:
    parts = [
        f"{counts[key]:,} {word}"
        for word in ("new", "changed", "unchanged")
        if counts.get(key := f"{word}_{what}")
    ]
    return f" ({', '.join(parts)})" if parts else ""
