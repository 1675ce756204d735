"""One import: what it would do, how far it is, what became of it."""

from typing import Any

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from regulars.identify.intake.attention import mark_seen
from regulars.identify.intake.counting import written_so_far
from regulars.identify.intake.ending import BROKE_OFF
from regulars.identify.intake.models import Import, ImportState
from regulars.identify.intake.reading.refusal import told
from regulars.identify.intake.rejects import (
    first_rejects,
    reason_sentence,
    reject_lines,
    sentences,
)
from regulars.identify.intake.staff.finding import import_or_404
from regulars.identify.intake.starting import NotNow, open_task, start_import
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
HALF_WAY = {ImportState.CANCELLED, ImportState.FAILED, ImportState.PARTLY}
PUT_BACK = ("changed_orders", "profiles", "changed_products")


@staff_page(Permission.IMPORT)
def one_import(request: StaffRequest, brand: Brand, file_import: int) -> HttpResponse:
    imported = import_or_404(brand, file_import)
    if open_task(imported) is None and imported.state == ImportState.MAPPED and imported.counts:
        return redirect("intake:columns", brand.slug, imported.pk)
    mark_seen(imported, now=timezone.now())
    return _shown(request, brand, imported)


@staff_page(Permission.IMPORT)
@require_POST
def run(request: StaffRequest, brand: Brand, file_import: int) -> HttpResponse:
    imported = import_or_404(brand, file_import)
    if _runnable(imported):
        try:
            start_import(imported, by=request.user, now=timezone.now())
        except NotNow as busy:
            return _shown(request, brand, imported, busy=busy.other, status=409)
    return redirect("intake:import", brand.slug, imported.pk)


@staff_page(Permission.IMPORT)
def rejects(request: StaffRequest, brand: Brand, file_import: int) -> StreamingHttpResponse:
    imported = import_or_404(brand, file_import)
    audit(request.access, AuditAction.EXPORT, subject_kind="import", subject=str(imported.pk))
    answer = StreamingHttpResponse(reject_lines(imported), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="rejects-{imported.pk}.csv"'
    return answer


def _shown(
    request: StaffRequest,
    brand: Brand,
    imported: Import,
    *,
    busy: Import | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "brand": brand,
        "imported": imported,
        "task": open_task(imported),
        "busy": busy,
        **_found(imported),
    }
    return render(request, "intake/import.html", context, status=status)


def _found(imported: Import) -> dict[str, Any]:
    counts, problem = imported.counts, imported.problem
    half_way = imported.state in HALF_WAY
    shown = written_so_far(imported) if half_way else counts
    return {
        "counts": shown,
        "showing": any(shown.values()) if half_way else "lines" in counts,
        "problem": told(problem.get("sentence", ""), problem.get("values", {})),
        "broke_off": problem.get("kind") == BROKE_OFF,
        "reasons": sentences({**counts.get("refused_reasons", {}), **counts.get("left_out", {})}),
        "refused_rows": _refused_rows(imported),
        "runnable": _runnable(imported),
        "undoable": imported.may_be_undone(now=timezone.now()),
        **_undone(counts.get("undo", {})),
    }


def _refused_rows(imported: Import) -> list[dict[str, Any]]:
    return [
        {
            "row": row["row_no"],
            "reason": reason_sentence(row["reason"], row["detail"]),
            "cells": row["cells"][:6],
        }
        for row in first_rejects(imported, FIRST)
    ]


def _undone(undone: dict[str, int]) -> dict[str, Any]:
    return {
        "undone": undone,
        "kept": sum(count for what, count in undone.items() if what.startswith("kept_")),
        "put_back": sum(undone.get(what, 0) for what in PUT_BACK),
    }


def _runnable(imported: Import) -> bool:
    """It waits for its run, or was stopped and can go on."""
    failed = imported.state == ImportState.FAILED
    may_go_on = failed and imported.problem.get("kind") == BROKE_OFF
    return imported.forgotten_at is None and (imported.state in RUNNABLE or may_go_on)
