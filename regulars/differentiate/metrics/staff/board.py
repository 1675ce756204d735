"""The board: sixteen cells, people and money, and who moved since a month ago."""

from dataclasses import dataclass

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from regulars.differentiate.metrics.catalogue import FREQUENCY_WORDS, RECENCY_WORDS, say_cell
from regulars.differentiate.metrics.cells import FREQUENCY_STATES, RECENCY_STATES, lines_of
from regulars.differentiate.metrics.crowd import Crowd, Group
from regulars.differentiate.metrics.filters import NO_CELL
from regulars.differentiate.metrics.looking import crowd_at, has_standpoint
from regulars.differentiate.metrics.staff.files import file_links, file_of
from regulars.differentiate.metrics.staff.nobody import nobody_page
from regulars.differentiate.metrics.staff.recount import is_awaited
from regulars.differentiate.metrics.staff.returns import returns_chart, returns_finding
from regulars.differentiate.metrics.staff.seen_from import looks_back, run_asked, seen_crowd
from regulars.differentiate.metrics.staff.words import (
    days,
    frequency_limits,
    grouped,
    moved,
    percent,
    recency_limits,
)
from regulars.differentiate.metrics.summary import summary_from
from regulars.lib.money import to_decimal
from regulars.organization.public import Brand, Permission, StaffRequest, staff_page

STEPS, MOVES = 20, 8
HEAD = (
    "recency", "frequency", "people", "visits", "net_value", "currency", "share",
    "people_a_month_ago", "change",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class CellOnPage:
    """A cell as it is drawn; ``heat`` from 0 to 20 by its share of revenue."""

    label: str
    people: str
    share: str
    moved: str
    heat: int
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RowOnPage:
    """A row of the board: one state of recency."""

    name: str | Promise
    limit: str
    cells: tuple[CellOnPage, ...]


@staff_page(Permission.SEE_METRICS)
def board(request: StaffRequest, brand: Brand) -> HttpResponse:
    run = run_asked(request, brand)
    summary = summary_from(run.summary) if run else None
    crowd = seen_crowd(request, summary)
    if run is None or summary is None or crowd is None or not crowd.customers.people:
        return nobody_page(request, brand, _("Board"), run, crowd)
    lines = lines_of(summary.limits, summary.window)
    limits = frequency_limits(lines)
    back = looks_back(run, brand)
    listing = "" if back else reverse("staff:customers", kwargs={"brand": brand.slug})
    context = {
        "brand": brand,
        "run": run,
        "summary": summary,
        "looks_back": back,
        "finding": _finding(crowd),
        "window": days(summary.window.days),
        "standpoint_chosen": has_standpoint(brand),
        "columns": [(FREQUENCY_WORDS[state], limits[state]) for state in FREQUENCY_STATES],
        "rows": _rows(crowd, listing, recency_limits(lines)),
        "crowd": crowd,
        "rhythm": returns_chart(summary.rhythm, lines),
        "rhythm_finding": returns_finding(summary.rhythm, summary.window),
        "awaited": not back and is_awaited(brand, summary),
        "may_set": request.access.may(Permission.MANAGE_BRAND, branch_id=None),
        "moves": _moves(crowd, listing),
        "files": file_links(request, "board_export", as_of=summary.as_of),
    }
    return render(request, "metrics/board.html", context)


@staff_page(Permission.EXPORT)
def board_export(request: StaffRequest, brand: Brand) -> HttpResponseBase:
    run = run_asked(request, brand)
    if run is None:
        return redirect("metrics:board", brand.slug)
    summary = summary_from(run.summary)
    crowd = crowd_at(brand=brand, summary=summary, branch_ids=request.access.branch_ids)
    rows = (_line(cell, group, crowd, brand) for cell, group in crowd.cells.items())
    return file_of(request, "board", as_of=run.as_of_on, head=HEAD, rows=rows)


def _line(cell: str, group: Group, crowd: Crowd, brand: Brand) -> tuple[object, ...]:
    before = crowd.cells_before[cell]
    return (
        *cell.split("/"),
        group.people,
        group.visits,
        to_decimal(group.net_minor, brand.currency),
        brand.currency,
        round(_share(group.net_minor, crowd), 6),
        before,
        group.people - before,
    )


def _finding(crowd: Crowd) -> str:
    """Say which cell brings most."""
    if crowd.customers.net_minor <= 0:
        return _("All customers together brought back as much as they bought, or more")
    cell, group = max(crowd.cells.items(), key=lambda one: one[1].net_minor)
    said = ngettext(
        "{share} of revenue stands on {people} person who is {cell}",
        "{share} of revenue stands on {people} people who are {cell}",
        group.people,
    )
    return said.format(
        share=f"{percent(_share(group.net_minor, crowd))} %",
        people=grouped(group.people),
        cell=_name(cell),
    )


def _share(minor: int, crowd: Crowd) -> float:
    """Return a share of the net value of all; nothing while there is nothing to share."""
    everything = crowd.customers.net_minor
    return minor / everything if everything > 0 else 0.0


def _rows(crowd: Crowd, listing: str, limits: dict[str, str]) -> list[RowOnPage]:
    shares = [_share(group.net_minor, crowd) for group in crowd.cells.values()]
    most = max([*shares, 1e-9])
    return [
        RowOnPage(
            name=RECENCY_WORDS[recency],
            limit=limits[recency],
            cells=tuple(
                _cell(crowd, f"{recency}/{often}", most, listing) for often in FREQUENCY_STATES
            ),
        )
        for recency in RECENCY_STATES
    ]


def _cell(crowd: Crowd, name: str, most: float, listing: str) -> CellOnPage:
    group = crowd.cells[name]
    share = _share(group.net_minor, crowd)
    return CellOnPage(
        label=say_cell(name),
        people=grouped(group.people),
        share=f"{percent(share)} %" if crowd.customers.net_minor > 0 else "",
        moved=moved(group.people - crowd.cells_before[name]),
        heat=round(STEPS * max(share, 0) / most),
        url=listing and f"{listing}?cell={name}",
    )


def _moves(crowd: Crowd, listing: str) -> list[dict[str, object]]:
    """Name the largest movements between cells since a month ago, and where the people are."""
    largest = sorted(crowd.moves.items(), key=lambda move: -move[1].people)
    return [
        {
            "before": _name(before),
            "now": _name(now),
            "people": group.people,
            "url": listing and _moved_url(listing, before, now),
        }
        for (before, now), group in largest
        if now is not None
    ][:MOVES]


def _moved_url(listing: str, before: str | None, now: str) -> str:
    return f"{listing}?" + urlencode({"cell": now, "before": before or NO_CELL})


def _name(cell: str | None) -> str:
    return _("not yet a customer") if cell is None else say_cell(cell)
