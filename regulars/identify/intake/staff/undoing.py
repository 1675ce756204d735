"""The way back from an import: its consequence first, then the deed."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from regulars.identify.intake.consequence import consequence_of_undo
from regulars.identify.intake.staff.finding import import_or_404
from regulars.identify.intake.starting import NotNow, NotPossible, start_undo
from regulars.organization.public import Brand, Permission, StaffRequest, staff_page


@staff_page(Permission.IMPORT)
def undo(request: StaffRequest, brand: Brand, file_import: int) -> HttpResponse:
    imported, now, busy = import_or_404(brand, file_import), timezone.now(), None
    if request.method == "POST":
        try:
            start_undo(imported, by=request.user, now=now)
        except NotNow as not_now:
            busy = not_now.other
        except NotPossible:
            pass
    if busy is None and (request.method == "POST" or not imported.may_be_undone(now=now)):
        return redirect("intake:import", brand.slug, imported.pk)
    found = consequence_of_undo(imported)
    context = {"brand": brand, "imported": imported, "found": found, "busy": busy}
    return render(request, "intake/undo.html", context, status=409 if busy else 200)
