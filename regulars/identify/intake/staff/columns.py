"""Say which column of a file is which field, beside what stands in it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from regulars.identify.intake.columns_chosen import unread_repetitions
from regulars.identify.intake.mapping.ambiguity import numbered
from regulars.identify.intake.mapping.kinds import fields_for
from regulars.identify.intake.models import Import, ImportState
from regulars.identify.intake.reading.refusal import FileRefused, told
from regulars.identify.intake.receiving import choose_columns, confirm_columns
from regulars.identify.intake.staff.finding import import_or_404
from regulars.identify.intake.staff.forms import OptionsForm, options_initial
from regulars.identify.intake.starting import open_task, start_check
from regulars.organization.public import Brand, Permission, StaffRequest, staff_page

OPEN = {ImportState.UPLOADED, ImportState.MAPPED, ImportState.CHECKED, ImportState.FAILED}


@staff_page(Permission.IMPORT)
def columns(request: StaffRequest, brand: Brand, file_import: int) -> HttpResponse:
    imported = import_or_404(brand, file_import)
    if not _open(imported):
        return redirect("intake:import", brand.slug, imported.pk)
    initial = options_initial(imported.options, imported.preset)
    form = OptionsForm(request.POST or None, initial=initial, brand=brand, kind=imported.kind)
    problem = told(imported.problem.get("sentence", ""), imported.problem.get("values", {}))
    if request.method == "POST" and form.is_valid():
        try:
            layout = choose_columns(
                imported,
                preset=form.cleaned_data["preset"],
                mapping=_chosen(request, imported),
                options=form.options(imported.options),
            )
            confirm_columns(imported, layout)
        except FileRefused as refused:
            problem = str(refused)
        else:
            start_check(imported, by=request.user, now=timezone.now())
            return redirect("intake:import", brand.slug, imported.pk)
    context = {
        "brand": brand,
        "imported": imported,
        "form": form,
        "fields": fields_for(imported.kind, brand).values(),
        "problem": problem,
        **_columns(imported),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "intake/columns.html", context, status=status)


def _columns(imported: Import) -> dict[str, Any]:
    columns, unclear = imported.counts["columns"], imported.counts.get("ambiguous", {})
    return {
        "columns": _rows(imported),
        "unclear": [numbered(names, columns) for names in unclear.values()],
        "unread": unread_repetitions(imported),
    }


def _open(imported: Import) -> bool:
    """Nothing of it is written yet, and nobody is at work on it."""
    known = imported.state in OPEN and "sample" in imported.counts
    return known and not imported.steps.exists() and open_task(imported) is None


def _chosen(request: StaffRequest, imported: Import) -> dict[str, str]:
    """Return the column of every field, empty for those that no column was chosen for."""
    fields = fields_for(imported.kind, imported.brand)
    names = imported.counts["columns"]
    chosen = {request.POST.get(f"column-{n}", ""): name for n, name in enumerate(names)}
    return {key: chosen.get(key, "") for key in fields}


def _rows(imported: Import) -> list[dict[str, Any]]:
    fields = {column: key for key, column in imported.mapping.items()}
    sample = imported.counts["sample"]
    return [
        {
            "name": name,
            "field": fields.get(name, ""),
            "values": [row[place] for row in sample if row[place].strip()][:3],
        }
        for place, name in enumerate(imported.counts["columns"])
    ]
