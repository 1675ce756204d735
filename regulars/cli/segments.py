"""``regulars segment``: which people are meant, how many, who, and why."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer
from django.utils import timezone
from rich.table import Table

from regulars.cli.brands import BrandSlug
from regulars.cli.console import AsJson, Misused, Refused, answer, refusing, show
from regulars.cli.segment_lists import brand_ready, lists, upload
from regulars.differentiate.metrics.public import refresh
from regulars.differentiate.segments.public import (
    Explained,
    NotATree,
    NotMeasured,
    Segment,
    SegmentNotFound,
    count,
    explain,
    json_schema,
    overview,
    public_ids,
    segment_called,
    sentence,
)
from regulars.identify.customers.public import CustomerNotFound, customer_of
from regulars.lake.public import NeverMirrored, catch_up
from regulars.lib.money import to_decimal
from regulars.organization.public import Brand

app = typer.Typer(no_args_is_help=True, help="Which people are meant: how many, who, and why.")
app.command("lists")(lists)
app.command("upload")(upload)

Named = Annotated[str, typer.Option("--segment", help="The name of a saved segment.")]
Told = Annotated[
    str, typer.Option("--tree", help="A tree as JSON, or @FILE; docs/guides/segments.md says how.")
]


@app.command("list")
def listed(brand: BrandSlug, *, as_json: AsJson = False) -> None:
    """List the segments of a brand with their sizes.

    Example: `regulars segment list --brand teahouse`
    """
    shop = brand_ready(brand)
    rows: list[dict[str, Any]] = [
        {
            "id": row.segment.pk,
            "name": row.segment.name,
            "people": row.size,
            "as_of": row.as_of_on and row.as_of_on.isoformat(),
            "found_at": row.found_at and row.found_at.isoformat(),
            "frozen": row.segment.frozen_at is not None,
            "trouble": row.trouble,
            "sentence": row.sentence,
        }
        for row in overview(brand=shop, language="en", now=timezone.now())
    ]
    if as_json:
        answer(rows)
        return
    table = Table("", "people", "as of", "who")
    for row in rows:
        size = "" if row["people"] is None else f"{row['people']:,}"
        table.add_row(row["name"], size, row["as_of"] or "", row["trouble"] or row["sentence"])
    show(table)


@app.command("count")
def counted(
    brand: BrandSlug, segment: Named = "", tree: Told = "", *, as_json: AsJson = False
) -> None:
    """Count the people of a segment, saved or just said.

    Example: `regulars segment count --brand teahouse --segment "Win back"`
    """
    shop = brand_ready(brand)
    with _refusing():
        told = _tree(shop, segment, tree)
        _make_ready(shop)
        found = count(tree=told, brand=shop, now=timezone.now())
        said = sentence(tree=told, brand=shop, language="en")
    net = None if found.net_minor is None else float(to_decimal(found.net_minor, shop.currency))
    result: dict[str, Any] = {
        "people": found.people,
        "everybody": found.everybody,
        "net_value": net,
        "currency": shop.currency,
        "as_of": found.as_of.isoformat(),
        "seconds": round(found.seconds, 3),
        "sentence": said,
    }
    if as_json:
        answer(result)
    else:
        show(said)
        show(f"{found.people:,} of {found.everybody:,} people, in {found.seconds:.2f} s.")


@app.command("members")
def listed_members(
    brand: BrandSlug, segment: Named = "", tree: Told = "", *, as_json: AsJson = False
) -> None:
    """Print who is in a segment, one public id a line.

    Example: `regulars segment members --brand teahouse --tree @segment.json`
    """
    shop = brand_ready(brand)
    with _refusing():
        told = _tree(shop, segment, tree)
        _make_ready(shop)
        names = public_ids(tree=told, brand=shop, now=timezone.now())
    if as_json:
        answer(names)
    else:
        show(*names)


@app.command("explain")
def explained(
    customer: Annotated[str, typer.Argument(help="The customer's public id, cus_….")],
    brand: BrandSlug,
    segment: Named = "",
    tree: Told = "",
    *,
    as_json: AsJson = False,
) -> None:
    """Say why a customer is in a segment, or is not.

    Example: `regulars segment explain cus_0123456789ABCDEF --brand teahouse --segment "Win back"`
    """
    shop = brand_ready(brand)
    with _refusing():
        told = _tree(shop, segment, tree)
        person = customer_of(brand=shop, public_id=customer, branch_ids=None)
        _make_ready(shop)
        why = explain(tree=told, customer_id=person.pk, brand=shop, now=timezone.now())
    if why is None:
        raise Refused("The lake does not know this customer yet.")
    if as_json:
        answer(_as_dict(why))
    else:
        show("in" if why.holds else "not in")
        _print(why, depth=0)


@app.command("schema")
def schema(
    brand: Annotated[str, typer.Option(help="List what one can ask about at this brand.")] = "",
) -> None:
    """Print the JSON Schema of segments.

    Example: `regulars segment schema > segment.schema.json`
    """
    answer(json_schema(brand=brand_ready(brand) if brand else None))


@contextmanager
def _refusing() -> Iterator[None]:
    with (
        refusing(NotATree, by=Misused),
        refusing(NotMeasured, NeverMirrored, SegmentNotFound, CustomerNotFound),
    ):
        yield


def _make_ready(brand: Brand) -> None:
    """Bring the lake and the metrics to where the facts are."""
    catch_up()
    refresh(brand=brand, now=timezone.now())


def _tree(brand: Brand, name: str, told: str) -> Any:
    if bool(name) == bool(told):
        raise Misused("Say which people: either --segment NAME or --tree JSON.")
    if name:
        saved: Segment = segment_called(brand=brand, name=name)
        return saved.current.written
    if not told.startswith("@"):
        return told
    try:
        return Path(told[1:]).read_text("utf-8")
    except OSError as error:
        raise Misused(f"{told[1:]} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise Refused(f"{told[1:]} is not text in UTF-8.") from error


def _as_dict(why: Explained) -> dict[str, Any]:
    if why.match is None:
        return {"holds": why.holds, "condition": why.phrase, "found": why.found}
    return {"holds": why.holds, str(why.match): [_as_dict(node) for node in why.nodes]}


def _print(why: Explained, *, depth: int) -> None:
    mark = "✓" if why.holds else "✗"
    text = f"{why.match}:" if why.match else f"{why.phrase} — {why.found}"
    show(f"{'  ' * depth}{mark} {text}")
    for node in why.nodes:
        _print(node, depth=depth + 1)
