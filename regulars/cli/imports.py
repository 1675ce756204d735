"""``regulars import``: bring in files of orders, customers and products."""

import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from regulars.cli import undo_import, unfinished_imports
from regulars.cli.console import AsJson, Misused, Refused, refusing
from regulars.cli.import_brand import brand_for
from regulars.cli.import_results import came_to_nothing, remark_on_columns, show_columns, tell
from regulars.cli.import_terms import Terms, checked, mapping_of
from regulars.cli.import_work import bring_in, look_first
from regulars.cli.mirroring import mirror_now
from regulars.cli.preparing import ensure_migrated
from regulars.identify.intake.public import (
    PRESETS,
    FileRefused,
    HeaderRepeated,
    Import,
    ImportKind,
    NoSuchChoice,
    Options,
    Wishes,
    choose_columns,
    confirm_columns,
    discard,
    receive,
)
from regulars.organization.public import Brand

app = typer.Typer(help="Bring in files of orders, customers and products.", no_args_is_help=True)
app.add_typer(undo_import.app)
app.add_typer(unfinished_imports.app)

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
        began = time.perf_counter()
        wishes = Wishes(encoding=encoding, sheet=sheet, header=header)
        options = Options(dates=dates, decimal=decimal, timezone=timezone, wishes=wishes)
        said = Terms(
            preset=preset,
            mapping=mapping_of(map_ or []),
            options=options,
            currency=currency.upper(),
        )
        terms = checked(said, kind=kind)
        ensure_migrated()
        with brand_for(brand, file=file, kind=kind, terms=terms) as where:
            imported = _received(file, where, kind, terms)
            remark_on_columns(imported)
            if not json:
                show_columns(imported)
            imported = look_first(imported) if dry_run else bring_in(imported)
            seconds = time.perf_counter() - began
            if not dry_run:
                mirror_now()
            tell(imported, seconds=seconds, as_json=json)
        if came_to_nothing(imported):
            raise Refused("No row of the file could be taken.")

    command.__doc__ = f"""Bring in {what}. Doing it again with the same file changes nothing.

    Example: `regulars import {kind} {kind}.csv --brand teahouse --timezone Europe/London`
    """
    app.command(str(kind))(command)


_command(ImportKind.ORDERS, "orders and refunds")
_command(ImportKind.CUSTOMERS, "customers")
_command(ImportKind.PRODUCTS, "products")


def _received(file: Path, brand: Brand, kind: ImportKind, terms: Terms) -> Import:
    """Take the file in, and settle what its columns mean."""
    with refusing(FileRefused), refusing(NoSuchChoice, by=Misused), file.open("rb") as stream:
        imported = receive(
            stream, brand=brand, kind=kind, name=file.name, by=None, now=datetime.now(UTC)
        )
        try:
            layout = choose_columns(
                imported, preset=terms.preset, mapping=terms.mapping, options=terms.options
            )
            confirm_columns(imported, layout)
        except HeaderRepeated as unclear:
            discard(imported)
            key, second = unclear.values["key"], unclear.values["second"]
            raise Refused(f"{unclear} As in --map {key}='{second}'.") from unclear
        except FileRefused:
            discard(imported)
            raise
    return imported
