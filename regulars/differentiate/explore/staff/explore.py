"""The page on which any measure is asked for by any dimension."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from regulars.differentiate.explore.answering import Answer, NothingCounted, Row, answer
from regulars.differentiate.explore.measure import Unit
from regulars.differentiate.explore.question import Look, Question, question_from
from regulars.differentiate.explore.saving import saved_questions
from regulars.differentiate.explore.staff.asked import START, asked_by, query_of
from regulars.differentiate.explore.staff.controls import controls
from regulars.differentiate.explore.staff.drawing import drawn
from regulars.differentiate.explore.staff.finding import finding
from regulars.differentiate.explore.staff.spreading import (
    spread_chart,
    spread_finding,
    spread_of,
)
from regulars.differentiate.explore.staff.table import labels_of, table_of, tabs_of
from regulars.differentiate.explore.staff.values import values_asked
from regulars.differentiate.explore.wrong import NotAQuestion
from regulars.organization.public import Brand, Permission, StaffRequest, staff_page


@staff_page(Permission.SEE_METRICS)
def explore(request: StaffRequest, brand: Brand) -> HttpResponse:
    wrong, status, where = None, 200, request.GET.get("where", "")
    try:
        question = asked_by(request)
    except NotAQuestion as error:
        wrong, status = error, 422
        question = question_from(START, brand=brand)
    context: dict[str, Any] = {
        "brand": brand,
        "wrong": wrong,
        "question": question,
        "saved": saved_questions(brand=brand, seen_by=request.user),
        "values": values_asked(request, brand),
        **controls(question, request.access, request.GET if wrong else None, where=where),
    }
    if wrong is None:
        context |= _answered(question, request, brand)
    fragment = "#answer" if request.htmx else ""  # type: ignore[attr-defined]
    return render(request, f"explore/explore.html{fragment}", context, status=status)


def _answered(question: Question, request: StaffRequest, brand: Brand) -> dict[str, Any]:
    branch_ids = request.access.branch_ids
    try:
        found = answer(question, brand=brand, branch_ids=branch_ids, now=timezone.now())
    except NothingCounted:
        return {"nothing": True}
    return shown(found, brand) | {
        "may_export": request.access.may(Permission.EXPORT),
        "scoped": branch_ids is not None,
        "address": query_of(question),
    }


def shown(found: Answer, brand: Brand) -> dict[str, Any]:
    """Return what the page draws of an answer."""
    labels = labels_of(found, brand)
    spread = spread_of(found) if found.question.show is Look.SPREAD else None
    return {
        "found": found,
        "empty": not found.rows and not any(_happened(found.whole, found.question)),
        "finding": spread_finding(found, spread) if spread else finding(found, labels, brand),
        "chart": spread_chart(found, spread) if spread else drawn(found, labels, brand),
        "tabs": tabs_of(found.question),
        **table_of(found, labels, brand),
    }


def _happened(row: Row, question: Question) -> Iterator[bool]:
    """Tell of each figure whether anything lies behind it: a share of nothing is one, too."""
    for measure in question.measures:
        figure = row.figures[measure.key]
        yield figure is not None if measure.unit is Unit.SHARE else bool(figure)
