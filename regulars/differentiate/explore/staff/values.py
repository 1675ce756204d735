"""The values of a dimension, to be ticked on the page: what a question is narrowed to."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from regulars.differentiate.explore.catalogue import dimensions, measures
from regulars.differentiate.explore.choices import MOST_OFFERED, called, choices_of
from regulars.organization.public import Brand, Permission, StaffRequest, staff_page

VERBS = ("only", "not")


@staff_page(Permission.SEE_METRICS)
def values(request: StaffRequest, brand: Brand) -> HttpResponse:
    """Answer htmx with the values of the dimension just chosen; what was ticked before is kept."""
    context = {"brand": brand, "values": values_asked(request, brand), "kept": _kept(request)}
    return render(request, "explore/explore.html#values", context)


def values_asked(request: StaffRequest, brand: Brand) -> dict[str, Any] | None:
    """Return what is offered of the dimension that the address names; None when it names none."""
    dimension = dimensions(brand=brand).get(request.GET.get("where", ""))
    if dimension is None or not dimension.is_offered(masked=request.access.masked):
        return None
    known = choices_of(
        dimension,
        brand=brand,
        branch_ids=request.access.branch_ids,
        now=timezone.now(),
        measured=[measures()[k] for k in request.GET.getlist("measure") if k in measures()],
    )
    text = request.GET.get("called", "")
    found = called(text, known)
    ticked = request.GET.getlist("pick") if request.htmx else []  # type: ignore[attr-defined]
    offered = [(f"{dimension.key}:{one.value}", one.label) for one in found[:MOST_OFFERED]]
    shown = {pair for pair, _label in offered}
    return {
        "dimension": dimension,
        "offered": [(pair, label, pair in ticked) for pair, label in offered],
        "hidden": [one for one in ticked if _is_of(one, dimension.key) and one not in shown],
        "more": max(0, len(found) - MOST_OFFERED),
        "searched": len(known) > len(offered) or bool(text),
        "called": text,
        "excluded": request.GET.get("verb") == "not",
    }


def _kept(request: StaffRequest) -> list[tuple[str, str]]:
    """What was ticked of other dimensions, and whether it is wanted or unwanted."""
    verb = request.GET.get("verb", "")
    name = verb if verb in VERBS else VERBS[0]
    where = request.GET.get("where", "")
    return [(name, one) for one in request.GET.getlist("pick") if not _is_of(one, where)]


def _is_of(pair: str, dimension: str) -> bool:
    return pair.partition(":")[0] == dimension
