"""``regulars import``: bring in files of orders, customers and products."""

import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo, available_timezones

import typer

from regulars.cli.console import AsJson, Refused, answer, progress, refusing, say
from regulars.cli.preparing import ensure_migrated
from regulars.identify.intake.public import (
    PRESETS,
    FileRefused,
    Import,
    ImportKind,
    Options,
    Wishes,
    receive,
    start_import,
)
from regulars.lib import money
from regulars.organization.public import Brand, brand_called, open_brand
from regulars.work.public import Task, TaskState, run_task

app = typer.Typer(help="Bring in files of orders, customers and products.", no_args_is_help=True)

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


@app.command()
def orders(
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
    *,
    json: AsJson = False,
) -> None:
    """Bring in orders and refunds. Doing it again with the same file changes nothing.

    Example: `regulars import orders sales.csv.gz --brand teahouse --timezone Europe/London`
    """
    began = time.perf_counter()
    ensure_migrated()
    options = Options(
        dates=dates,
        decimal=decimal,
        timezone=_zone(timezone),
        wishes=Wishes(encoding=encoding, sheet=sheet),
    )
    where = _brand(brand, preset=preset, timezone=timezone, currency=currency)
    with refusing(FileRefused), file.open("rb") as stream:
        imported = receive(
            stream,
            brand=where,
            kind=ImportKind.ORDERS,
            name=file.name,
            preset=preset,
            mapping=_mapping(map_ or []),
            options=options,
            by=None,
            now=datetime.now(UTC),
        )
    task = _follow(start_import(imported, by=None, now=datetime.now(UTC)))
    if task.state != TaskState.DONE:
        raise Refused(task.error or f"The import is {task.get_state_display()}.")
    imported.refresh_from_db()
    _tell(imported, seconds=time.perf_counter() - began, as_json=json)


def _zone(name: str) -> str:
    if name and name not in available_timezones():
        raise Refused(f"{name} is not an IANA time zone: Europe/London, for example.")
    return name


def _mapping(pairs: list[str]) -> dict[str, str]:
    wrong = [pair for pair in pairs if "=" not in pair]
    if wrong:
        raise Refused(f"--map wants field=Column, not {wrong[0]!r}.")
    return {field: column for field, _, column in (pair.partition("=") for pair in pairs)}


def _brand(slug: str, *, preset: str, timezone: str, currency: str) -> Brand:
    if (known := brand_called(slug)) is not None:
        if currency and currency != known.currency:
            raise Refused(f"{slug} counts in {known.currency}, and the file in {currency}.")
        return known
    reading = PRESETS[preset].reading if preset in PRESETS else None
    zone = timezone or (reading and reading.timezone) or "UTC"
    unit = currency or (reading and reading.currency) or "EUR"
    money.exponent(unit)
    made = open_brand(
        slug=slug, timezone=str(ZoneInfo(zone)), currency=unit, by=None, now=datetime.now(UTC)
    )
    said = "" if timezone and currency else " Say --timezone and --currency if that is not right."
    say(f"Brand {slug} is new: its clock is {zone}, its money {unit}.{said}")
    return made


def _follow(task: Task) -> Task:
    with progress("importing") as tell:
        return run_task(task, watch=lambda seen: tell(seen.done, seen.total, seen.doing))


def _tell(imported: Import, *, seconds: float, as_json: bool) -> None:
    counts: dict[str, Any] = {**imported.counts, "seconds": round(seconds, 2)}
    if as_json:
        answer({"import": imported.pk, "brand": imported.brand.slug, **counts})
        return
    say(
        f"{counts['lines']} lines: {counts['orders']} orders, {counts['refunds']} refunds, "
        f"{counts['customers']} customers, {counts['products']} products, "
        f"{counts['refused']} lines refused, in {seconds:.1f} s."
    )
