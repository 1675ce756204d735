"""What Today shows of imports: those that wait for a person, failed, or refused rows."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from regulars.identify.intake.attention import imports_to_look_at
from regulars.organization.public import Brand, Permission, StaffRequest, staff_page

SHOWN = 4


@staff_page(Permission.IMPORT)
def today_imports(request: StaffRequest, brand: Brand) -> HttpResponse:
    imports = imports_to_look_at(brand=brand, now=timezone.now(), count=SHOWN)
    if not imports:
        return HttpResponse("")
    return render(request, "intake/today_imports.html", {"brand": brand, "imports": imports})
