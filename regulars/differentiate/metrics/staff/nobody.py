"""What the pages say of a brand, or of some branches, where nobody stands on the board."""

from django.http import HttpResponse
from django.shortcuts import render

from regulars.differentiate.metrics.crowd import Crowd
from regulars.differentiate.metrics.staff.seen_from import is_waiting
from regulars.differentiate.metrics.summary import Summary
from regulars.organization.public import Brand, StaffRequest


def nobody_page(
    request: StaffRequest, brand: Brand, title: str, summary: Summary | None, crowd: Crowd | None
) -> HttpResponse:
    """Say why there is nobody: nothing was counted, nobody is known, or nothing was kept."""
    waiting = summary is None or is_waiting(brand, summary)
    context = {
        "brand": brand, "title": title, "summary": summary, "crowd": crowd, "waiting": waiting,
    }  # fmt: skip
    return render(request, "metrics/nobody.html", context)
