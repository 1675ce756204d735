"""What Today shows of the metrics: the week, who is about to leave, and who is expected."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from regulars.differentiate.metrics.catalogue import say_cell
from regulars.differentiate.metrics.cells import FREQUENCY_STATES
from regulars.differentiate.metrics.crowd import Crowd, Group
from regulars.differentiate.metrics.looking import crowd_at, latest, standpoint_of
from regulars.differentiate.metrics.staff.rhythm import expected_people
from regulars.differentiate.metrics.summary import Summary
from regulars.lib.money import format_money
from regulars.organization.public import Brand, Permission, StaffRequest, staff_page

WEEK = 7
SHOWN = 6
LATE = "active"
"""Who is overdue is a matter of today while they are still active; the later ones are lost."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """Something to decide about some customers: who, what they brought in a year, and where."""

    title: str
    note: str
    worth: str
    url: str


@staff_page(Permission.SEE_METRICS)
def today_week(request: StaffRequest, brand: Brand) -> HttpResponse:
    summary = _seen(brand)
    if summary is None or request.access.branch_ids is not None:
        return HttpResponse("")
    week = summary.shop.over(WEEK, until=summary.as_of)
    both = summary.shop.over(2 * WEEK, until=summary.as_of)
    context = {
        "brand": brand,
        "week": week,
        **_change(week.visits, both.visits - week.visits),
        "net": _money(week.net_minor, brand),
        "returning": week.returning_share and f"{100 * week.returning_share:.0f} %",
    }
    return render(request, "metrics/today_week.html", context)


@staff_page(Permission.SEE_METRICS)
def today_matters(request: StaffRequest, brand: Brand) -> HttpResponse:
    summary = _seen(brand)
    if summary is None:
        return HttpResponse("")
    crowd = crowd_at(brand=brand, summary=summary, branch_ids=request.access.branch_ids)
    matters = list(_matters(crowd, brand, within=summary.limits.leaving_within_days))
    if not matters:
        return HttpResponse("")
    return render(request, "metrics/today_matters.html", {"brand": brand, "matters": matters})


@staff_page(Permission.SEE_METRICS)
def today_leaving(request: StaffRequest, brand: Brand) -> HttpResponse:
    return _people(request, brand, "leaving", _("About to leave"), "leaving=1")


@staff_page(Permission.SEE_METRICS)
def today_due(request: StaffRequest, brand: Brand) -> HttpResponse:
    return _people(request, brand, "due", _("Due to return"), "due=due")


def _matters(crowd: Crowd, brand: Brand, *, within: int) -> Iterator[Matter]:
    """Put those about to leave first, the kinds that bring most before the others."""
    kinds = crowd.by(_frequency, where=lambda kind: kind.leaving)
    for state in sorted(kinds, key=lambda one: kinds[one].year_minor, reverse=True):
        yield _leaving(state, kinds[state], brand, within=within)
    late = crowd.sum(
        lambda kind: kind.due_state == "overdue" and (kind.cell or "").startswith(LATE)
    )
    if late.people:
        title = ngettext(
            "%(people)s active customer is later than usual",
            "%(people)s active customers are later than usual",
            late.people,
        )
        query = {"due": "overdue", "cell": f"{LATE}/", "sort": "net"}
        note = _("Their expected day has passed; the habit can still be kept.")
        yield _matter(title, note, late, brand, query)


def _leaving(state: str, group: Group, brand: Brand, *, within: int) -> Matter:
    title = {
        "new": ngettext(
            "%(people)s new customer leaves the active window",
            "%(people)s new customers leave the active window",
            group.people,
        ),
        "second-time": ngettext(
            "%(people)s second-time buyer leaves the active window",
            "%(people)s second-time buyers leave the active window",
            group.people,
        ),
        "regular": ngettext(
            "%(people)s regular leaves the active window",
            "%(people)s regulars leave the active window",
            group.people,
        ),
        "fan": ngettext(
            "%(people)s fan leaves the active window",
            "%(people)s fans leave the active window",
            group.people,
        ),
    }[state]
    query = {"leaving": "1", "cell": f"/{state}", "sort": "net"}
    note = ngettext(
        "Within %(days)s day they turn silent, unless they come.",
        "Within %(days)s days they turn silent, unless they come.",
        within,
    )
    return _matter(title, note % {"days": within}, group, brand, query)


def _matter(title: str, note: str, group: Group, brand: Brand, query: dict[str, str]) -> Matter:
    return Matter(
        title=title % {"people": f"{group.people:,}"},
        note=note,
        worth=_("%(amount)s a year") % {"amount": _money(group.year_minor, brand)},
        url=f"{reverse('staff:customers', args=[brand.slug])}?{urlencode(query)}",
    )


def _frequency(kind: Any) -> str | None:
    state = (kind.cell or "").partition("/")[2]
    return state if state in FREQUENCY_STATES else None


def _people(request: StaffRequest, brand: Brand, name: str, title: str, query: str) -> HttpResponse:
    summary = _seen(brand)
    if summary is None:
        return HttpResponse("")
    crowd = crowd_at(brand=brand, summary=summary, branch_ids=request.access.branch_ids)
    group = crowd.leaving if name == "leaving" else crowd.expected(name)
    if not group.people:
        return HttpResponse("")
    rows = expected_people(request.access, summary, name)[:SHOWN]
    context = {
        "brand": brand,
        "title": title,
        "people": f"{group.people:,}",
        "rows": [{**row, **_said(row, summary.as_of)} for row in rows],
        "query": query,
    }
    return render(request, "metrics/today_people.html", context)


def _said(row: dict[str, Any], as_of: date) -> dict[str, Any]:
    late = (as_of - row["due_on"]).days if row["due_on"] else 0
    said = ngettext("%(days)s day late", "%(days)s days late", late) % {"days": late}
    return {
        "kind": say_cell(row["cell"]),
        "late": said if late > 0 else "",
        "now": late == 0 and bool(row["due_on"]),
    }


def _seen(brand: Brand) -> Summary | None:
    return latest(brand=brand, day=standpoint_of(brand, now=timezone.now()))


def _change(now: int, before: int) -> dict[str, str]:
    if not before:
        return {"change": "", "kind": ""}
    share = 100 * (now - before) / before
    said = f"{'▲' if share >= 0 else '▼'} {abs(share):.1f} %"
    change = _("%(change)s on the week before") % {"change": said}
    return {"change": change, "kind": "good" if share >= 0 else ""}


def _money(minor: int, brand: Brand) -> str:
    return format_money(minor, brand.currency, get_language() or "en", whole=True)
