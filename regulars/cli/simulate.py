"""``regulars simulate``: a synthetic shop with known truth inside."""

import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from regulars.cli.console import AsJson, Misused, answer, progress, refusing, show
from regulars.cli.days import WRITTEN, read_day
from regulars.cli.preparing import ensure_migrated

if TYPE_CHECKING:
    from regulars.simulate.public import History

app = typer.Typer()

Size = Annotated[int, typer.Option(min=1, max=20_000_000, help="How many customers.")]
Seed = Annotated[int, typer.Option(min=0, help="Equal seeds give equal shops.")]
Which = Annotated[str, typer.Option("--brand", help="teahouse, bakery or plain.")]
Years = Annotated[float, typer.Option(min=0.1, max=20, help="How long the shop has been open.")]
Until = Annotated[
    date | None,
    typer.Option(
        parser=read_day, metavar=WRITTEN, help="The day after the last one; today when left out."
    ),
]
To = Annotated[
    Path | None,
    typer.Option(help="Write files into this folder, and no brand.", file_okay=False),
]
Csv = Annotated[bool, typer.Option("--csv", help="Also items.csv, one line per item.")]
Lake = Annotated[bool, typer.Option("--lake", help="Also files in the shape of the lake.")]


@app.command("simulate")
def command(
    size: Size = 5_000,
    seed: Seed = 1,
    brand: Which = "teahouse",
    years: Years = 3.0,
    until: Until = None,
    to: To = None,
    *,
    csv: Csv = False,
    lake: Lake = False,
    as_json: AsJson = False,
) -> None:
    """Simulate a shop into a brand of this installation, or with --to into files.

    Example: `regulars simulate --brand plain --size 100000 --seed 7 --to /tmp/shop`

    Of the files `truth.parquet` holds what no shop can know: every customer's true rate, chance to
    leave, tastes, and response to offers and messages.
    """
    began = time.perf_counter()
    if to is None and (csv or lake):
        raise Misused("--csv and --lake write files: name a folder with --to.")
    if to is None:
        ensure_migrated()
        _refuse_future(until)
    history = _history(brand, size=size, seed=seed, years=years, until=until)
    result = _into_files(history, to, csv=csv, lake=lake) if to else _into_brand(history)
    result = {**result, "seconds": round(time.perf_counter() - began, 2)}
    if as_json:
        answer(result)
    else:
        show(f"{result['orders']} orders of {size} customers are in {to or brand}.")


def _refuse_future(until: date | None) -> None:
    tomorrow = (datetime.now(UTC) + timedelta(days=1)).date()
    if until and until > tomorrow:
        raise Misused(f"No shop sells after today: name a day until {tomorrow}.")


def _into_files(history: "History", to: Path, *, csv: bool, lake: bool) -> dict[str, Any]:
    from regulars.simulate.public import write_files

    with progress("writing orders") as tell:
        written = write_files(history, to, csv=csv, lake=lake, progress=tell)
    return {**written.rows, "folder": str(to)}


def _into_brand(history: "History") -> dict[str, Any]:
    from regulars.simulate.public import NotBroughtIn, load, open_shop

    now = datetime.now(UTC)
    opened_at = datetime.fromtimestamp(history.hours.start, UTC)
    brand = open_shop(history.shop, opened_at=opened_at, by=None, now=now)
    with progress("importing") as tell, refusing(NotBroughtIn):
        load(
            history,
            brand=brand,
            by=None,
            now=now,
            watch=lambda task, part: tell(task.done, task.total, f"{part} {task.doing}".strip()),
        )
    return {"brand": brand.slug, "orders": len(history.purchases)}


def _history(shop: str, *, size: int, seed: int, years: float, until: date | None) -> "History":
    from regulars.simulate.public import SHOPS, simulate

    if shop not in SHOPS:
        raise Misused(f"There is no shop called {shop}: take one of {', '.join(SHOPS)}.")
    today = datetime.now(UTC).date()
    end = until or today
    return simulate(SHOPS[shop], size=size, seed=seed, years=years, until=end)
