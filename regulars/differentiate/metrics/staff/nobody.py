"""What the pages say of a brand, or of some branches, where nobody stands on the board."""

from django.http import HttpResponse
from django.shortcuts import render

from regulars.differentiate.metrics.crowd import Crowd
from regulars.differentiate.metrics.models import MetricRun
from regulars.differentiate.metrics.staff.seen_from import without_figures
from regulars.differentiate.metrics.summary import summary_from
from regulars.organization.public import Brand, StaffRequest


def nobody_page(
    request: StaffRequest, brand: Brand, title: str, run: MetricRun | None, crowd: Crowd | None
) -> HttpResponse:
    """Say why there is nobody: nothing was counted, nobody is known, or nothing was kept."""
    context = {
        "brand": brand,
        "title": title,
        "run": run,
        "summary": summary_from(run.summary) if run else None,
        "crowd": crowd,
        **without_figures(run, brand),
    }
    return render(request, "metrics/nobody.html", context)
