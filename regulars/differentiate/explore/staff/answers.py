"""Answers as files."""

from collections.abc import Iterator

from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone

from regulars.differentiate.explore.answering import Answer, NothingCounted, answer
from regulars.differentiate.explore.staff.asked import asked_by
from regulars.differentiate.explore.staff.figures import plain
from regulars.differentiate.explore.staff.table import labels_of
from regulars.differentiate.explore.wrong import NotAQuestion
from regulars.organization.public import (
    Brand,
    Permission,
    StaffRequest,
    export_table,
    staff_page,
)


@staff_page(Permission.EXPORT)
def file(request: StaffRequest, brand: Brand) -> HttpResponseBase:
    found = _asked(request, brand)
    if found is None:
        return redirect("explore:explore", brand.slug)
    return export_table(
        request,
        _name(found),
        head_of(found, brand),
        rows_of(found, brand),
        subject_kind="figures",
        detail={"list": "explore", "question": found.question.as_dict()},
    )


def _asked(request: StaffRequest, brand: Brand) -> Answer | None:
    try:
        question = asked_by(request)
        return answer(
            question, brand=brand, branch_ids=request.access.branch_ids, now=timezone.now()
        )
    except (NotAQuestion, NothingCounted):
        return None


def head_of(found: Answer, brand: Brand) -> list[str]:
    """Name the columns: money with its currency, the period before beside the period."""
    question = found.question
    head = [str(dimension.label) for dimension in question.by]
    for measure in question.measures:
        unit = f" ({brand.currency})" if measure.unit.value == "money" else ""
        head.append(f"{measure.label}{unit}")
        if question.compare:
            head.append(f"{measure.label}{unit} −1")
    return head


def rows_of(found: Answer, brand: Brand) -> Iterator[list[str | float | None]]:
    """Give the rows: values as a person reads them, money in main units."""
    labels, question = labels_of(found, brand), found.question
    for row in found.rows if question.by else (found.whole,):
        line: list[str | float | None] = [labels[at][key] for at, key in enumerate(row.keys)]
        for measure in question.measures:
            line.append(plain(row.figures[measure.key], measure, brand))
            if question.compare:
                line.append(plain(row.before[measure.key], measure, brand))
        yield line


def _name(found: Answer) -> str:
    parts = [found.question.measures[0].key, *(one.key for one in found.question.by)]
    return f"{'-'.join(parts)}-{found.as_of}".replace("_", "-")
