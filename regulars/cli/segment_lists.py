"""``regulars segment lists`` and ``upload``: people whom somebody listed in a file."""

from pathlib import Path
from typing import Annotated, Any

import typer
from django.utils import timezone
from rich.table import Table

from regulars.cli.brands import BrandSlug, brand_asked
from regulars.cli.console import AsJson, answer, refusing, show
from regulars.cli.preparing import ensure_migrated
from regulars.differentiate.segments.public import (
    ListNotFound,
    NameTaken,
    NotAListFile,
    PeopleList,
    make_people_list,
    names_in,
    people_list_called,
    people_lists,
    replace_people_list,
)
from regulars.organization.public import Brand


def lists(brand: BrandSlug, *, as_json: AsJson = False) -> None:
    """List the lists of people that were brought in, and which segments use them.

    Example: `regulars segment lists --brand teahouse`
    """
    shop = brand_ready(brand)
    rows: list[dict[str, Any]] = [
        {
            "id": row.people_list.pk,
            "name": row.people_list.name,
            "people": row.people_list.size,
            "unknown": row.people_list.unknown,
            "brought_at": row.people_list.made_at.isoformat(),
            "brought_by": row.people_list.made_by and row.people_list.made_by.email,
            "used_by": [segment.name for segment in row.segments],
        }
        for row in people_lists(brand=shop)
    ]
    if as_json:
        answer(rows)
        return
    table = Table("", "people", "name nobody", "brought in", "used by")
    for row in rows:
        table.add_row(row["name"], f"{row['people']:,}", f"{row['unknown']:,}",
                      row["brought_at"][:10], ", ".join(row["used_by"]))  # fmt: skip
    show(table)


def upload(
    file: Annotated[
        Path, typer.Argument(help="A line names a person.", exists=True, dir_okay=False)
    ],
    brand: BrandSlug,
    name: Annotated[str, typer.Option(help="What the list is called.")],
    *,
    replace: Annotated[
        bool, typer.Option("--replace", help="Put these people in the place of those of the list.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Bring in a list of people: a public id, e-mail, phone or number in a line or a column.

    Example: `regulars segment upload guests.txt --brand teahouse --name "Guests of the tasting"`
    """
    shop = brand_ready(brand)
    with refusing(NameTaken, ListNotFound, NotAListFile):
        lines = names_in(file.read_bytes(), brand=shop, masked=False, called=file.name)
        made = _kept(shop, name, lines, replace=replace)
    if as_json:
        answer({"id": made.pk, "people": made.size, "unknown": made.unknown})
    else:
        show(f"{made.size:,} people are on the list; {made.unknown:,} lines name nobody.")


def brand_ready(slug: str) -> Brand:
    """Return the brand asked for, once the database is up to date."""
    ensure_migrated()
    return brand_asked(slug)


def _kept(brand: Brand, name: str, lines: list[str], *, replace: bool) -> PeopleList:
    now = timezone.now()
    if not replace:
        return make_people_list(brand=brand, name=name, lines=lines, by=None, now=now)
    known = people_list_called(brand=brand, name=name)
    replace_people_list(people_list=known, lines=lines, by=None, now=now)
    return known
