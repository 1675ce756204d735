"""Files of customers: how far one is, where it lies, and those asked for before."""

from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from regulars.differentiate.metrics.exporting import may_open, task_of
from regulars.differentiate.metrics.models import Export
from regulars.organization.public import (
    AuditAction,
    Brand,
    Permission,
    StaffRequest,
    audit,
    staff_page,
)

SHOWN = 20


@staff_page(Permission.EXPORT)
def exports(request: StaffRequest, brand: Brand) -> HttpResponse:
    mine = Export.objects.filter(brand=brand, by=request.user).select_related("brand")
    context = {"brand": brand, "exports": mine.order_by("-pk")[:SHOWN]}
    return render(request, "metrics/exports.html", context)


@staff_page(Permission.EXPORT)
def export(request: StaffRequest, brand: Brand, export: int) -> HttpResponse:
    found = _or_404(request, brand, export)
    task = task_of(found)
    listed = reverse("staff:customers", args=[brand.slug]) + found.asked
    context = {"brand": brand, "export": found, "task": task, "listed": listed}
    return render(request, "metrics/export.html", context)


@staff_page(Permission.EXPORT)
def export_file(request: StaffRequest, brand: Brand, export: int) -> HttpResponseBase:
    found = _or_404(request, brand, export)
    if not found.is_there:
        return redirect("metrics:export", brand.slug, found.pk)
    detail = {"format": found.file_format, "customers": found.customers}
    audit(request.access, AuditAction.EXPORT, subject_kind="customers", subject=str(found.pk),
          detail=detail)  # fmt: skip
    return FileResponse(found.path.open("rb"), as_attachment=True, filename=found.file_name)


def _or_404(request: StaffRequest, brand: Brand, number: int) -> Export:
    found = Export.objects.filter(brand=brand, pk=number).select_related("brand", "by").first()
    if found is None or not may_open(found, access=request.access):
        raise Http404
    return found
