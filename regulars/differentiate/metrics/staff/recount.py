"""Say on the pages that figures by new thresholds are on their way."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from regulars.differentiate.metrics.limits import limits_of
from regulars.differentiate.metrics.looking import latest, standpoint_of
from regulars.differentiate.metrics.summary import Summary
from regulars.organization.public import Brand, Permission, StaffRequest, staff_page


def is_awaited(brand: Brand, summary: Summary) -> bool:
    """Whether the thresholds have changed since the figures were computed."""
    return limits_of(brand) != summary.limits


@staff_page(Permission.SEE_METRICS)
def recount(request: StaffRequest, brand: Brand) -> HttpResponse:
    """Answer a waiting page: the same notice again, or that it may be read anew."""
    summary = latest(brand=brand, day=standpoint_of(brand, now=timezone.now()))
    if summary is not None and is_awaited(brand, summary):
        return render(request, "metrics/recount.html", {"brand": brand})
    return HttpResponse(status=200, headers={"HX-Refresh": "true"})
