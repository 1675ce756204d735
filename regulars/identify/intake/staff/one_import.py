"""One import: what it would do, how far it is, what became of it."""

from typing import Any

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from regulars.identify.intake.models import Import, ImportState
from regulars.identify.intake.reading.refusal import told
from regulars.identify.intake.rejects import (
    first_rejects,
    reason_sentence,
    reject_lines,
    sentences,
)
from regulars.identify.intake.staff.finding import import_or_404
from regulars.identify.intake.starting import start_import, task_of
from regulars.organization.public import (
    AuditAction,
    Brand,
    Permission,
    StaffRequest,
    audit,
    staff_page,
)

FIRST = 20
RUNNABLE = {ImportState.CHECKED, ImportState.CANCELLED}


@staff_page(Permission.IMPORT)
def one_import(request: StaffRequest, brand: Brand, file_import: int) -> HttpResponse:
    imported = import_or_404(brand, file_import)
    task = task_of(imported)
    open_task = task if task is not None and task.is_open else None
    if open_task is None and imported.state == ImportState.MAPPED and imported.counts:
        return redirect("intake:columns", brand.slug, imported.pk)
    context = {"brand": brand, "imported": imported, "task": open_task, **_found(imported)}
    return render(request, "intake/import.html", context)


@staff_page(Permission.IMPORT)
@require_POST
def run(request: StaffRequest, brand: Brand, file_import: int) -> HttpResponse:
    imported = import_or_404(brand, file_import)
    if imported.state in RUNNABLE:
        start_import(imported, by=request.user, now=timezone.now())
    return redirect("intake:import", brand.slug, imported.pk)


@staff_page(Permission.IMPORT)
def rejects(request: StaffRequest, brand: Brand, file_import: int) -> StreamingHttpResponse:
    imported = import_or_404(brand, file_import)
    audit(request.access, AuditAction.EXPORT, subject_kind="import", subject=str(imported.pk))
    answer = StreamingHttpResponse(reject_lines(imported), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="rejects-{imported.pk}.csv"'
    return answer


def _found(imported: Import) -> dict[str, Any]:
    counts = imported.counts
    reasons = {**counts.get("refused_reasons", {}), **counts.get("left_out", {})}
    return {
        "counts": counts,
        "reasons": sentences(reasons),
        "problem": told(imported.problem.get("sentence", ""), imported.problem.get("values", {})),
        "refused_rows": [
            {
                "row": row["row_no"],
                "reason": reason_sentence(row["reason"], row["detail"]),
                "cells": row["cells"][:6],
            }
            for row in first_rejects(imported, FIRST)
        ],
        "runnable": imported.state in RUNNABLE,
    }
