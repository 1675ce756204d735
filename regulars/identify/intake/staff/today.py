"""What Today shows of imports: those that wait for a person, failed, or refused rows."""

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from regulars.identify.intake.models import Import, ImportState
from regulars.organization.public import Brand, Permission, StaffRequest, staff_page

LOOKED_AT, SHOWN = 20, 4
REMEMBERED = timedelta(days=14)
WAITING = {ImportState.MAPPED, ImportState.CHECKED, ImportState.CANCELLED, ImportState.FAILED}


@staff_page(Permission.IMPORT)
def today_imports(request: StaffRequest, brand: Brand) -> HttpResponse:
    since = timezone.now() - REMEMBERED
    latest = Import.objects.filter(brand=brand, created_at__gt=since, seen_at=None).order_by("-pk")
    wanted = [one for one in latest[:LOOKED_AT] if _wants_somebody(one)][:SHOWN]
    if not wanted:
        return HttpResponse("")
    return render(request, "intake/today_imports.html", {"brand": brand, "imports": wanted})


def _wants_somebody(imported: Import) -> bool:
    refused = imported.state == ImportState.DONE and imported.counts.get("refused", 0) > 0
    return refused or imported.state in WAITING
