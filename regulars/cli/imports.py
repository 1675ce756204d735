"""``regulars import``: bring in files of orders, customers and products."""

import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo, available_timezones

import typer
from django.core.exceptions import ValidationError

from regulars.cli import undo_import
from regulars.cli.console import AsJson, Refused, answer, progress, refusing, say, show
from regulars.cli.mirroring import mirror_now
from regulars.cli.preparing import ensure_migrated
from regulars.identify.intake.public import (
    PRESETS,
    DatesUnclear,
    FileRefused,
    Import,
    ImportKind,
    ImportState,
    NotNow,
    Options,
    Wishes,
    choose_columns,
    confirm_columns,
    discard,
    reading_of,
    receive,
    sentences,
    start_check,
    start_import,
    unfinished_twin,
    write_rejects,
)
from regulars.organization.public import Brand, brand_called, open_brand
from regulars.work.public import Task, TaskState, run_task

app = typer.Typer(help="Bring in files of orders, customers and products.", no_args_is_help=True)
app.add_typer(undo_import.app)

File = Annotated[
    Path,
    typer.Argument(help="CSV, XLSX, JSON Lines or Parquet; may be packed.", exists=True,
                   dir_okay=False, readable=True),
]  # fmt: skip
BrandName = Annotated[str, typer.Option("--brand", help="Short name; made if it is new.")]
PresetName = Annotated[str, typer.Option("--preset", help=f"One of {', '.join(PRESETS)}.")]
Map = Annotated[list[str] | None, typer.Option("--map", help="field=Column, as often as needed.")]
Timezone = Annotated[str, typer.Option(help="Zone of the file's clock, as in Europe/London.")]
Currency = Annotated[str, typer.Option(help="Three letters, as in GBP.")]
Dates = Annotated[str, typer.Option(help="day-first or month-first, where the file is unclear.")]
Decimal = Annotated[str, typer.Option(help="point or comma, where the file is unclear.")]
Encoding = Annotated[str, typer.Option(help="As in utf-8, gb18030, windows-1252.")]
Sheet = Annotated[str, typer.Option(help="The sheet of a workbook.")]
Header = Annotated[str, typer.Option(help="yes, no, or the number of the row with the names.")]
Dry = Annotated[bool, typer.Option("--dry-run", help="Say what would happen, and write nothing.")]


def _command(kind: ImportKind, what: str) -> None:
    def command(
        file: File,
        brand: BrandName,
        preset: PresetName = "",
        map_: Map = None,
        timezone: Timezone = "",
        currency: Currency = "",
        dates: Dates = "",
        decimal: Decimal = "",
        encoding: Encoding = "",
        sheet: Sheet = "",
        header: Header = "",
        *,
        dry_run: Dry = False,
        json: AsJson = False,
    ) -> None:
        began, currency = time.perf_counter(), currency.upper()
        ensure_migrated()
        options = Options(
            dates=_one_of("--dates", dates, "day-first", "month-first"),
            decimal=_one_of("--decimal", decimal, "point", "comma"),
            timezone=_zone(timezone),
            wishes=Wishes(encoding=encoding, sheet=sheet, header=header),
        )
        where = brand_called(brand) or _new_brand(
            brand, file, kind, preset=preset, options=options, currency=currency
        )
        if currency and currency != where.currency:
            raise Refused(f"{brand} counts in {where.currency}, and the file in {currency}.")
        imported = _received(file, where, kind, preset, _mapping(map_ or []), options)
        _work(imported, dry_run=dry_run)
        seconds = time.perf_counter() - began
        if not dry_run:
            mirror_now()
        _tell(imported, seconds=seconds, as_json=json)

    command.__doc__ = f"""Bring in {what}. Doing it again with the same file changes nothing.

    Example: `regulars import {kind} {kind}.csv --brand teahouse --timezone Europe/London`
    """
    app.command(str(kind))(command)


_command(ImportKind.ORDERS, "orders and refunds")
_command(ImportKind.CUSTOMERS, "customers")
_command(ImportKind.PRODUCTS, "products")


def _received(
    file: Path,
    brand: Brand,
    kind: ImportKind,
    preset: str,
    mapping: dict[str, str],
    options: Options,
) -> Import:
    """Take the file in, or go on with what broke off."""
    with refusing(FileRefused), file.open("rb") as stream:
        imported = receive(
            stream, brand=brand, kind=kind, name=file.name, by=None, now=datetime.now(UTC)
        )
        try:
            layout = choose_columns(imported, preset=preset, mapping=mapping, options=options)
            confirm_columns(imported, layout)
        except FileRefused:
            discard(imported)
            raise
    if (twin := unfinished_twin(imported)) is None:
        return imported
    discard(imported)
    say(f"Going on with import {twin.pk}, which broke off.")
    return twin


def _work(imported: Import, *, dry_run: bool) -> None:
    start = start_check if dry_run else start_import
    try:
        task = start(imported, by=None, now=datetime.now(UTC))
    except NotNow as busy:
        raise Refused(f"Import {busy.other.pk} ({busy.other}) is being undone: wait.") from busy
    with progress("importing") as tell:
        task = run_task(task, watch=lambda seen: tell(seen.done, seen.total, seen.doing))
    imported.refresh_from_db()
    if task.state != TaskState.DONE:
        raise Refused(_failure(imported, task))


def _failure(imported: Import, task: Task) -> str:
    sentence = task.error or f"The import is {task.get_state_display()}."
    if imported.problem.get("kind") == DatesUnclear.__name__:
        return f"{sentence} Say --dates day-first or --dates month-first."
    if imported.state == ImportState.CANCELLED:
        return f"{sentence} The same command goes on where it stopped."
    return sentence


def _zone(name: str) -> str:
    if name and name not in available_timezones():
        raise Refused(f"{name} is not an IANA time zone: Europe/London, for example.")
    return name


def _one_of(option: str, value: str, *allowed: str) -> str:
    if value and value not in allowed:
        raise Refused(f"{option} is {' or '.join(allowed)}, not {value!r}.")
    return value


def _mapping(pairs: list[str]) -> dict[str, str]:
    wrong = [pair for pair in pairs if "=" not in pair]
    if wrong:
        raise Refused(f"--map wants field=Column, not {wrong[0]!r}.")
    return {field: column for field, _, column in (pair.partition("=") for pair in pairs)}


def _new_brand(
    slug: str, file: Path, kind: ImportKind, *, preset: str, options: Options, currency: str
) -> Brand:
    with refusing(FileRefused):
        reading = reading_of(file, kind=kind, options=options, preset=preset)
    zone = options.timezone or reading.timezone or "UTC"
    unit = currency or reading.currency or "EUR"
    with refusing(ValueError, ValidationError):
        made = open_brand(
            slug=slug, timezone=str(ZoneInfo(zone)), currency=unit, by=None, now=datetime.now(UTC)
        )
    known = (options.timezone or reading.timezone) and (currency or reading.currency)
    said = "" if known else " Say --timezone and --currency if that is not right."
    say(f"Brand {slug} is new: its clock is {zone}, its money {unit}.{said}")
    return made


def _tell(imported: Import, *, seconds: float, as_json: bool) -> None:
    counts: dict[str, Any] = {**imported.counts, "seconds": round(seconds, 2)}
    for shown_elsewhere in ("columns", "sample"):
        counts.pop(shown_elsewhere, None)
    if as_json:
        answer({"import": imported.pk, "brand": imported.brand.slug, **counts})
        return
    show(_summary(counts, checked=imported.state == ImportState.CHECKED))
    for sentence, rows in sentences({**counts["refused_reasons"], **counts["left_out"]}):
        show(f"  {rows} × {sentence}")
    if counts["refused"]:
        path = imported.folder / "rejects.csv"
        with path.open("w", newline="", encoding="utf-8") as file:
            write_rejects(imported, file)
        show(f"The refused rows are in {path}: put them right, and import that file.")


def _summary(counts: dict[str, Any], *, checked: bool) -> str:
    told = [
        f"{counts[what]:,} {what}{_of_these(counts, what)}"
        for what in ("orders", "refunds", "customers", "products")
        if what in counts
    ]
    what_if = "Nothing was written. There are " if checked else ""
    return (
        f"{what_if}{counts['lines']:,} lines: {', '.join(told)}; "
        f"{counts['refused']:,} refused, in {counts['seconds']} s."
    )


def _of_these(counts: dict[str, Any], what: str) -> str:
    parts = [
        f"{counts[key]:,} {word}"
        for word in ("new", "changed", "unchanged")
        if counts.get(key := f"{word}_{what}")
    ]
    return f" ({', '.join(parts)})" if parts else ""
