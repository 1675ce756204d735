"""``regulars simulate``: a synthetic shop with known truth inside."""

import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from regulars.cli.console import AsJson, Refused, answer, progress, say

if TYPE_CHECKING:
    from regulars.simulate.public import History

app = typer.Typer()

Size = Annotated[int, typer.Option(min=1, max=20_000_000, help="How many customers.")]
Seed = Annotated[int, typer.Option(min=0, help="Equal seeds give equal shops.")]
Which = Annotated[str, typer.Option("--brand", help="teahouse, bakery or plain.")]
Years = Annotated[float, typer.Option(min=0.1, max=20, help="How long the shop has been open.")]
Until = Annotated[
    datetime | None,
    typer.Option(formats=["%Y-%m-%d"], help="The day after the last one; today when left out."),
]
To = Annotated[Path, typer.Option(help="The folder to write into.", file_okay=False)]
Csv = Annotated[bool, typer.Option("--csv", help="Also items.csv, one line per item.")]
Lake = Annotated[bool, typer.Option("--lake", help="Also files in the shape of the lake.")]


@app.command("simulate")
def command(
    to: To,
    size: Size = 5_000,
    seed: Seed = 1,
    brand: Which = "teahouse",
    years: Years = 3.0,
    until: Until = None,
    *,
    csv: Csv = False,
    lake: Lake = False,
    as_json: AsJson = False,
) -> None:
    """Simulate a shop and write its customers, goods and sales to files.

    Example: `regulars simulate --size 100000 --seed 7 --brand plain --to /tmp/shop`

    `truth.parquet` holds what no shop can know: every customer's true rate, chance to leave,
    tastes, and response to offers and messages.
    """
    from regulars.simulate.public import write_files  # other commands should not wait for it

    began = time.perf_counter()
    history = _history(brand, size=size, seed=seed, years=years, until=until)
    with progress("writing orders") as tell:
        written = write_files(history, to, csv=csv, lake=lake, progress=tell)
    result = {**written.rows, "folder": str(to), "seconds": round(time.perf_counter() - began, 2)}
    if as_json:
        answer(result)
    else:
        say(f"{written.rows['orders']} orders of {size} customers are in {to}.")


def _history(shop: str, *, size: int, seed: int, years: float, until: datetime | None) -> "History":
    from regulars.simulate.public import SHOPS, simulate

    if shop not in SHOPS:
        raise Refused(f"There is no shop called {shop}: take one of {', '.join(SHOPS)}.")
    end = until.date() if until else datetime.now(UTC).date()
    return simulate(SHOPS[shop], size=size, seed=seed, years=years, until=end)
