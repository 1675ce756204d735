"""What Today shows of the metrics: the week, and the people who are expected or about to leave."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from regulars.differentiate.metrics.looking import crowd_at, latest, standpoint_of
from regulars.differentiate.metrics.staff.rhythm import expected_people
from regulars.differentiate.metrics.summary import Summary
from regulars.lib.money import format_money
from regulars.organization.public import Brand, Permission, StaffRequest, staff_page

WEEK = 7


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
        "change": _change(week.visits, both.visits - week.visits),
        "net": format_money(week.net_minor, brand.currency, request.LANGUAGE_CODE, whole=True),
        "returning": week.returning_share and f"{100 * week.returning_share:.0f} %",
    }
    return render(request, "metrics/today_week.html", context)


@staff_page(Permission.SEE_METRICS)
def today_leaving(request: StaffRequest, brand: Brand) -> HttpResponse:
    return _people(request, brand, "leaving", _("About to leave"), "leaving=1")


@staff_page(Permission.SEE_METRICS)
def today_due(request: StaffRequest, brand: Brand) -> HttpResponse:
    return _people(request, brand, "due", _("Due within seven days"), "due=due")


def _people(request: StaffRequest, brand: Brand, name: str, title: str, query: str) -> HttpResponse:
    summary = _seen(brand)
    if summary is None:
        return HttpResponse("")
    crowd = crowd_at(brand=brand, summary=summary, branch_ids=request.access.branch_ids)
    group = crowd.leaving if name == "leaving" else crowd.expected(name)
    if not group.people:
        return HttpResponse("")
    context = {
        "brand": brand,
        "title": f"{title}: {group.people:,}",
        "rows": expected_people(request.access, summary, name)[:6],
        "query": query,
    }
    return render(request, "metrics/expected.html", context)


def _seen(brand: Brand) -> Summary | None:
    return latest(brand=brand, day=standpoint_of(brand, now=timezone.now()))


def _change(now: int, before: int) -> str:
    if not before:
        return ""
    share = 100 * (now - before) / before
    return f"{'▲' if share >= 0 else '▼'} {abs(share):.1f} %"
