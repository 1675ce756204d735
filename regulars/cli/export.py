"""``regulars export``: write facts to files."""

from pathlib import Path
from typing import Annotated

import typer
from django.utils import timezone

from regulars.cli.brands import AsOf, BrandSlug, brand_asked, day_asked
from regulars.cli.console import AsJson, answer, progress, refusing, show
from regulars.cli.half_way import warn_of_half_imports
from regulars.cli.output import file_to_write
from regulars.cli.preparing import ensure_migrated
from regulars.cli.unfinished_imports import warn_of_unfinished
from regulars.differentiate.metrics.public import (
    CUSTOMER_FILES,
    MetricRun,
    TooManyRows,
    Wanted,
    export_customers,
    refresh,
    standpoint_of,
)
from regulars.differentiate.value.public import value_customers
from regulars.lake.public import catch_up
from regulars.organization.public import AuditAction, audit

app = typer.Typer(no_args_is_help=True, help="Write facts to files.")


@app.callback()
def export() -> None:
    """Write facts to files."""


@app.command()
def customers(
    brand: BrandSlug,
    out: Annotated[Path, typer.Option(help="The file: .csv, .xlsx or .parquet.", dir_okay=False)],
    as_of: AsOf = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Write a brand's customers with every metric, their worth, and by what they are recognized.

    Example: `regulars export customers --brand teahouse --out customers.xlsx`
    """
    ensure_migrated()
    found, now = brand_asked(brand), timezone.now()
    day = day_asked(as_of, brand=found, now=now) or standpoint_of(found, now=now)
    file_to_write(out, endings=CUSTOMER_FILES)
    warn_of_unfinished(found)
    warn_of_half_imports(found)
    catch_up()
    refresh(brand=found, now=now, as_of=day)
    value_customers(run=MetricRun.objects.get(brand=found, as_of_on=day))
    with progress("Writing customers") as tell, refusing(TooManyRows):
        count = export_customers(Wanted(brand=found, as_of=day), to=out, progress=tell)
    audit(None, AuditAction.EXPORT, brand=found, subject_kind="customers", subject=found.slug,
          detail={"rows": count, "as_of": str(day)}, now=now)  # fmt: skip
    if as_json:
        answer({"customers": count, "as_of": day, "file": str(out)})
    else:
        show(f"{count:,} customers as of {day} are in {out}.")
