"""The page of migration: a Sankey between two days, and the people of each stream."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from regulars.differentiate.explore.catalogue import common_dimensions
from regulars.differentiate.explore.migration import (
    NOWHERE,
    SIDES,
    Days,
    Move,
    measured_days,
    movers,
    moves,
)
from regulars.differentiate.explore.staff.paging import page_asked, pages
from regulars.differentiate.metrics.public import METRICS
from regulars.identify.customers.public import persons, shown_name
from regulars.lib.money import format_money
from regulars.organization.public import Brand, Permission, StaffRequest, staff_page
from regulars.ui.charts import Chart, Flow, sankey

LABELS = {side: METRICS[side].label for side in SIDES}
COLOURS = {
    "active": "--good", "silent": "--indigo", "dormant": "--warn", "churned": "--bad",
    "new": "--ink-3", "second-time": "--warn", "regular": "--indigo", "fan": "--good",
    NOWHERE: "--line-strong",
}  # fmt: skip
SHOWN, USUAL_DAYS, LISTED = 40, 30, 100


@staff_page(Permission.SEE_METRICS)
def migration(request: StaffRequest, brand: Brand) -> HttpResponse:
    known = measured_days(brand=brand)
    days = _days(request, known)
    context: dict[str, Any] = {"brand": brand, "known": known, "days": days, "sides": LABELS,
                               "may_export": request.access.may(Permission.EXPORT)}  # fmt: skip
    if days:
        found = moves(brand=brand, days=days, branch_ids=request.access.branch_ids)
        said = _words(brand, found, days.side)
        moved = [move for move in found if move.before != move.now]
        context |= {
            "finding": _finding(moved, found, said),
            "chart": _chart(found, said, days) if found else None,
            "rows": [_row(move, said, days, brand) for move in moved[:SHOWN]],
            "stayed": number_format(
                sum(move.people for move in found if move.before == move.now),
                force_grouping=True,
            ),
        }
    return render(request, "explore/migration.html", context)


@staff_page(Permission.SEE_METRICS)
def migration_people(request: StaffRequest, brand: Brand) -> HttpResponse:
    days = _days(request, measured_days(brand=brand))
    before, now = request.GET.get("before", ""), request.GET.get("now", "")
    context: dict[str, Any] = {"brand": brand, "days": days}
    if days:
        found = movers(
            brand=brand, days=days, before=before, now=now,
            branch_ids=request.access.branch_ids, most=LISTED + 1,
            after=LISTED * (page_asked(request) - 1),
        )  # fmt: skip
        move = Move(before=before, now=now, people=0, net_minor=0)
        said = _words(brand, [move], days.side)
        known = persons(brand=brand, customer_ids=[who for who, _net in found])
        context |= {
            "title": f"{said[before]} → {said[now]}",
            "rows": [
                _person(known[who], net, request, brand)
                for who, net in found[:LISTED]
                if who in known
            ],
            **pages(request, "?" + urlencode(_told(move, days)), more=len(found) > LISTED),
        }
    return render(request, "explore/movers.html", context)


def _days(request: StaffRequest, known: list[date]) -> Days | None:
    """Read the two days asked for; else the newest, and the one nearest to a month before."""
    if len(known) < 2:
        return None
    asked = {name: _day(request.GET.get(name, "")) for name in ("from", "to")}
    last = asked["to"] if asked["to"] in known else known[-1]
    earlier = [day for day in known if last and day < last] or known[:1]
    usual = min(earlier, key=lambda day: abs((known[-1] - day).days - USUAL_DAYS))
    first = asked["from"] if asked["from"] in earlier else usual
    side = request.GET.get("side", "")
    return Days(
        first_on=first or usual, last_on=last or known[-1], side=side if side in SIDES else SIDES[0]
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _words(brand: Brand, found: list[Move], side: str) -> dict[str, str]:
    states = {state for move in found for state in (move.before, move.now)} - {NOWHERE}
    words = common_dimensions()[side].said(brand, states)
    return words | {NOWHERE: pgettext("value", "no visit")}


def _finding(moved: list[Move], found: list[Move], said: dict[str, str]) -> str:
    if not moved:
        return _("Nobody moved between the two days")
    most = moved[0]
    people = number_format(most.people, force_grouping=True)
    left = sum(move.people for move in found if move.before == most.before)
    return _("%(people)s went from %(before)s to %(now)s, %(share)s of those who were there") % {
        "people": people, "before": said[most.before], "now": said[most.now],
        "share": f"{round(100 * most.people / left)} %",
    }  # fmt: skip


def _chart(found: list[Move], said: dict[str, str], days: Days) -> Chart:
    """Draw the streams in the order of the board, each state in one colour on both sides."""
    states = [*METRICS[days.side].states, NOWHERE]
    placed = sorted(found, key=lambda m: (states.index(m.before), states.index(m.now)))
    flows = [Flow(source=said[m.before], target=said[m.now], size=m.people) for m in placed]
    shades = {said[one]: COLOURS[one.partition("/")[0]] for one in states if one in said}
    return sankey(
        flows,
        source=date_format(days.first_on),
        target=date_format(days.last_on),
        size=_("people"),
        colours=shades,
    )


def _row(move: Move, said: dict[str, str], days: Days, brand: Brand) -> dict[str, str]:
    people = reverse("explore:migration_people", args=[brand.slug])
    return {
        "before": said[move.before],
        "now": said[move.now],
        "people": number_format(move.people, force_grouping=True),
        "net": format_money(move.net_minor, brand.currency, whole=True),
        "url": f"{people}?{urlencode(_told(move, days))}",
    }


def _told(move: Move, days: Days) -> dict[str, Any]:
    return {"from": days.first_on, "to": days.last_on, "side": days.side,
            "before": move.before, "now": move.now}  # fmt: skip


def _person(person: Any, net: int, request: StaffRequest, brand: Brand) -> dict[str, str]:
    customer = person.customer
    return {
        "name": shown_name(person, masked=request.access.masked_at(customer.branch_id)),
        "url": reverse("staff:customer", args=[brand.slug, customer.public_id]),
        "net": format_money(net, brand.currency),
    }
