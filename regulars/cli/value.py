"""``regulars value``: the value models, on any file of purchases."""

from dataclasses import asdict
from datetime import date
from math import isfinite
from pathlib import Path
from typing import Annotated

import pyarrow as pa
import pyarrow.csv
import typer
from rich.table import Table

from regulars.cli.console import AsJson, Misused, answer, refusing, show
from regulars.cli.days import WRITTEN, read_day
from regulars.cli.output import file_to_write
from regulars.differentiate.value.public import (
    OCCASIONS,
    Columns,
    Fit,
    HoldoutRow,
    Model,
    NotEstimable,
    UnusableFile,
    Visits,
    fit_purchases,
    fit_spending,
    holdout,
    in_which_all_are_alike,
    read_visits,
)

app = typer.Typer(no_args_is_help=True, help="Fit and use the value models on a file of purchases.")

File = Annotated[
    Path,
    typer.Argument(
        help="One row a purchase: CSV, or columns set by blanks.", exists=True, dir_okay=False
    ),
]
Customer = Annotated[str, typer.Option(help="Column of the customer: its name, or its number.")]
Day = Annotated[str, typer.Option("--date", help="Column of the date.")]
Value = Annotated[str | None, typer.Option(help="Column of the value.")]
Form = Annotated[
    str | None,
    typer.Option("--date-format", help="How dates are written, as in %d.%m.%Y; else found out."),
]
End = Annotated[
    date | None,
    typer.Option(
        "--calibration-end", parser=read_day, metavar=WRITTEN, help="The last day fitted on."
    ),
]
Which = Annotated[Model, typer.Option(help="Which model.")]
Occasion = Annotated[
    str,
    typer.Option(help=f"What bg-bb counts by: {', '.join(OCCASIONS)}. The others count weeks."),
]


@app.command()
def fit(
    file: File,
    customer: Customer,
    date: Day,
    value: Value = None,
    date_format: Form = None,
    calibration_end: End = None,
    model: Which = Model.BG_NBD,
    occasion: Occasion = "month",
    *,
    as_json: AsJson = False,
) -> None:
    """Fit a model and print its parameters, log-likelihood, standard errors and holdout.

    Example: `regulars value fit log.csv --customer id --date day --calibration-end 1997-09-30`
    """
    with refusing(UnusableFile, NotEstimable):
        columns = Columns(customer, date, value, date_format)
        visits = _read(file, columns, calibration_end, _counted_by(model, occasion))
        if model is Model.GAMMA_GAMMA and value is None:
            raise Misused("gamma-gamma is about what customers spend: name that column by --value.")
        if model is Model.GAMMA_GAMMA:
            fitted, rows = fit_spending(visits)[1], []
        else:
            purchases, fitted = fit_purchases(visits, model)
            rows = holdout(visits, purchases)
    if as_json:
        answer(_as_json(model, fitted, rows))
    else:
        _show(model, fitted, rows, visits)


@app.command()
def predict(
    file: File,
    customer: Customer,
    date: Day,
    out: Annotated[Path, typer.Option(help="The CSV file to write.")],
    value: Value = None,
    date_format: Form = None,
    calibration_end: End = None,
    model: Which = Model.BG_NBD,
    weeks: Annotated[
        float, typer.Option(min=0.1, help="How far to look ahead; for bg-bb, in occasions.")
    ] = 52.0,
    occasion: Occasion = "month",
    *,
    as_json: AsJson = False,
) -> None:
    """Write what is expected of every customer: purchases, chance of being there, value.

    Example: `regulars value predict log.csv --customer id --date day --value paid --out scores.csv`
    """
    file_to_write(out, endings=(".csv",))
    with refusing(UnusableFile, NotEstimable):
        columns = Columns(customer, date, value, date_format)
        visits = _read(file, columns, calibration_end, _counted_by(model, occasion))
        purchases, _ = fit_purchases(visits, model)
        expected = purchases.expected(weeks, visits.x, visits.t_x, visits.t)
        scores = {
            "customer": visits.customer,
            "expected_purchases": expected,
            "alive": purchases.alive(visits.x, visits.t_x, visits.t),
        }
        if value:
            by_day = _read(file, columns, calibration_end, "")
            spending, _ = fit_spending(by_day)
            scores["expected_value"] = expected * spending.expected(by_day.x, by_day.value)
    pyarrow.csv.write_csv(pa.table(scores), out)
    ahead = f"{occasion}s" if model is Model.BG_BB else "weeks"
    if as_json:
        answer({"customers": len(visits.x), "ahead": weeks, "unit": ahead, "file": str(out)})
    else:
        show(f"The scores of {len(visits.x)} customers for {weeks:g} {ahead} are in {out}.")


def _counted_by(model: Model, occasion: str) -> str:
    if occasion not in OCCASIONS:
        raise Misused(f"{occasion} is no occasion: name one of {', '.join(OCCASIONS)}.")
    return occasion if model is Model.BG_BB else ""


def _read(file: Path, columns: Columns, ends: date | None, occasion: str) -> Visits:
    return read_visits(file, columns, ends_on=ends, occasion=occasion)


def _as_json(model: Model, fitted: Fit, rows: list[HoldoutRow]) -> dict[str, object]:
    errors = zip(fitted.names, fitted.standard_errors.tolist(), strict=True)

    def known(error: float) -> float | None:
        return error if isfinite(error) else None

    return {
        "model": model.value,
        "parameters": fitted.by_name,
        "log_likelihood": fitted.log_likelihood,
        "standard_errors": {name: known(error) for name, error in errors},
        "holdout": [asdict(row) for row in rows],
        "notes": in_which_all_are_alike(fitted),
    }


def _show(model: Model, fitted: Fit, rows: list[HoldoutRow], visits: Visits) -> None:
    table = Table("parameter", "estimate", "standard error", title=model.value)
    for name, estimate, error in zip(
        fitted.names, fitted.parameters, fitted.standard_errors, strict=True
    ):
        table.add_row(name, f"{estimate:.4f}", f"{error:.4f}" if isfinite(error) else "–")
    show(table)
    customers = f"{len(visits.x):,} customers until {visits.ends_on}"
    show(f"log-likelihood {fitted.log_likelihood:,.3f}; {customers}")
    for note in in_which_all_are_alike(fitted):
        show(note)
    if rows:
        held = Table("repeats", "customers", "actual", "expected", title="holdout")
        for row in rows:
            cells = (str(row.customers), f"{row.actual:.3f}", f"{row.expected:.3f}")
            held.add_row(row.repeats, *cells)
        show(held)
