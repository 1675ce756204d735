"""The list of imports, and taking in a new file."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from regulars.identify.intake.mapping.presets import PRESETS
from regulars.identify.intake.models import Import, ImportKind
from regulars.identify.intake.reading.refusal import FileRefused
from regulars.identify.intake.receiving import choose_columns, discard, receive
from regulars.identify.intake.staff.forms import FileForm
from regulars.organization.public import Brand, Permission, StaffRequest, staff_page

SHOWN = 50


@staff_page(Permission.IMPORT)
def imports(request: StaffRequest, brand: Brand) -> HttpResponse:
    found = Import.objects.filter(brand=brand).select_related("by").order_by("-pk")[:SHOWN]
    return render(request, "intake/imports.html", {"brand": brand, "imports": found})


@staff_page(Permission.IMPORT)
def new_import(request: StaffRequest, brand: Brand) -> HttpResponse:
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        imported = receive(
            file.file,
            brand=brand,
            kind=ImportKind(form.cleaned_data["kind"]),
            name=file.name,
            by=request.user,
            now=timezone.now(),
        )
        try:
            choose_columns(imported)
        except FileRefused as refused:
            discard(imported)
            form.add_error("file", str(refused))
        else:
            return redirect("intake:columns", brand.slug, imported.pk)
    status = 422 if request.method == "POST" else 200
    context = {"brand": brand, "form": form, "presets": PRESETS.values()}
    return render(request, "intake/new_import.html", context, status=status)
