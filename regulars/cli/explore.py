"""``regulars explore``: any measure by any dimension."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

import typer
from django.utils import timezone
from rich.table import Table

from regulars.cli.brands import BrandSlug, brand_asked
from regulars.cli.console import AsJson, Misused, Refused, answer, refusing, show
from regulars.cli.preparing import ensure_migrated
from regulars.differentiate.explore import public as explore
from regulars.lake.public import catch_up
from regulars.lib.money import exponent
from regulars.organization.public import Brand

app = typer.Typer()

Measures = Annotated[list[str], typer.Option("--measure", help="What to measure; up to six.")]
By = Annotated[list[str] | None, typer.Option("--by", help="By which dimension; up to two.")]
Only = Annotated[list[str] | None, typer.Option(help="Only this, as in channel:web; repeatable.")]
Without = Annotated[list[str] | None, typer.Option("--not", help="Without this: channel:web.")]


@app.command("explore")
def command(
    brand: BrandSlug,
    measure: Measures,
    by: By = None,
    only: Only = None,
    without: Without = None,
    period: Annotated[str, typer.Option(help="all, last-12-month, this-year, or days.")] = "all",
    first: Annotated[str, typer.Option("--from", help="The first day, with --period days.")] = "",
    last: Annotated[str, typer.Option("--to", help="The last day, with --period days.")] = "",
    top: Annotated[int | None, typer.Option(help="Only the largest; the rest as others.")] = None,
    *,
    compare: Annotated[bool, typer.Option("--compare", help="And the period before.")] = False,
    as_json: AsJson = False,
) -> None:
    """Ask any measure by any dimension.

    A name that does not exist is answered with those that do.

    Example: `regulars explore --brand teahouse --measure net_revenue --by month --by branch`
    """
    ensure_migrated()
    found = brand_asked(brand)
    catch_up()
    days = {name: day for name, day in (("from", first), ("to", last)) if day}
    told = {
        "measures": measure,
        "by": by or [],
        "where": [*_where(only, "is"), *_where(without, "is_not")],
        "period": explore.period_told("days" if days else period, days),
        "compare": compare,
        "top": top,
    }
    with refusing(explore.NotAQuestion, by=Misused):
        question = explore.question_from(told, brand=found)
    try:
        said = explore.answer(question, brand=found, branch_ids=None, now=timezone.now())
    except explore.NothingCounted:
        raise Refused(f"Nothing has been counted yet: regulars metrics --brand {brand}.") from None
    if as_json:
        answer(told_of(said, found))
    else:
        _show(said, found)


def told_of(said: explore.Answer, brand: Brand) -> dict[str, Any]:
    """Write an answer for a machine; money in the brand's units, null is unknown."""
    return {
        "question": said.question.as_dict(),
        "currency": brand.currency,
        "as_of": said.as_of,
        "revision": said.revision,
        "read_at": said.read_at,
        "seconds": said.seconds,
        "cut_off": said.cut_off,
        "rows": [_row(row, said, brand) for row in said.rows],
        "whole": _row(said.whole, said, brand),
    }


def _where(asked: list[str] | None, verb: str) -> list[dict[str, Any]]:
    wanted: dict[str, list[str]] = {}
    for text in asked or []:
        dimension, _colon, value = text.partition(":")
        wanted.setdefault(dimension, []).append(value)
    return [{"dimension": dimension, verb: values} for dimension, values in wanted.items()]


def _row(row: explore.Row, said: explore.Answer, brand: Brand) -> dict[str, Any]:
    names = (dimension.key for dimension in said.question.by)
    told = {"by": dict(zip(names, row.keys, strict=True))} if row is not said.whole else {}
    before = {"before": _figures(row.before, said, brand)} if said.question.compare else {}
    return {**told, "figures": _figures(row.figures, said, brand), **before}


def _figures(
    figures: Mapping[str, float | None], said: explore.Answer, brand: Brand
) -> dict[str, float | None]:
    unit = 10 ** exponent(brand.currency)
    scale = {
        one.key: unit if one.unit is explore.Unit.MONEY else 1 for one in said.question.measures
    }
    return {
        name: None if figure is None else round(figure / scale[name], 6)
        for name, figure in figures.items()
    }


def _show(said: explore.Answer, brand: Brand) -> None:
    question = said.question
    heads = [str(dimension.label) for dimension in question.by]
    table = Table(*heads, *(str(measure.label) for measure in question.measures))
    words = [
        dimension.said(brand, {row.keys[at] for row in said.rows})
        for at, dimension in enumerate(question.by)
    ]
    for row in said.rows:
        names = (words[at][key] for at, key in enumerate(row.keys))
        table.add_row(*names, *_texts(row.figures, said, brand))
    whole = _texts(said.whole.figures, said, brand)
    table.add_row(*["all", ""][: len(question.by)], *whole, style="bold")
    show(table)
    show(f"Seen from {said.as_of}; money in {brand.currency}; {said.seconds} s.")


def _texts(
    figures: Mapping[str, float | None], said: explore.Answer, brand: Brand
) -> Iterator[str]:
    shown = _figures(figures, said, brand)
    for measure in said.question.measures:
        yield _text(shown[measure.key], whole=measure.unit is explore.Unit.COUNT)


def _text(figure: float | None, *, whole: bool) -> str:
    if figure is None:
        return "–"
    if whole and figure.is_integer():
        return f"{figure:,.0f}"
    return f"{figure:,.4g}" if abs(figure) < 1 else f"{figure:,.2f}"
