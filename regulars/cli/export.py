"""``regulars export``: write facts to files."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from django.utils import timezone

from regulars.cli.console import AsJson, Refused, answer, progress, refusing, show
from regulars.cli.preparing import ensure_migrated
from regulars.differentiate.metrics.public import (
    NotAFormat,
    TooManyRows,
    Wanted,
    export_customers,
    refresh,
    standpoint_of,
)
from regulars.lake.public import catch_up
from regulars.organization.public import AuditAction, Brand, audit

app = typer.Typer(no_args_is_help=True, help="Write facts to files.")


@app.callback()
def export() -> None:
    """Write facts to files."""


@app.command()
def customers(
    brand: Annotated[str, typer.Option(help="Short name of the brand.")],
    out: Annotated[Path, typer.Option(help="The file: .csv, .xlsx or .parquet.", dir_okay=False)],
    as_of: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="The day one looks from; today when left out."),
    ] = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Write a brand's customers with every metric, and by what they are recognized.

    Example: `regulars export customers --brand teahouse --out customers.xlsx`
    """
    ensure_migrated()
    found = Brand.objects.filter(slug=brand).first()
    if found is None:
        known = ", ".join(Brand.objects.values_list("slug", flat=True)) or "none yet"
        raise Refused(f"There is no brand {brand}. Brands: {known}.")
    now = timezone.now()
    day = as_of.date() if as_of else standpoint_of(found, now=now)
    catch_up()
    refresh(brand=found, now=now, as_of=day)
    with progress("Writing customers") as tell, refusing(NotAFormat, TooManyRows, OSError):
        count = export_customers(Wanted(brand=found, as_of=day), to=out, progress=tell)
    audit(None, AuditAction.EXPORT, brand=found, subject_kind="customers", subject=found.slug,
          detail={"rows": count, "as_of": str(day)}, now=now)  # fmt: skip
    if as_json:
        answer({"customers": count, "as_of": day, "file": str(out)})
    else:
        show(f"{count:,} customers as of {day} are in {out}.")
