"""The list of segments."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from regulars.differentiate.segments.overview import overview
from regulars.differentiate.segments.staff.reach import among_for
from regulars.organization.public import Brand, Permission, StaffRequest, staff_page


@staff_page(Permission.SEE_METRICS)
def segments(request: StaffRequest, brand: Brand) -> HttpResponse:
    archived = bool(request.GET.get("archived"))
    context = {
        "brand": brand,
        "rows": overview(
            brand=brand,
            language=request.LANGUAGE_CODE,
            now=timezone.now(),
            archived=archived,
            among=among_for(request.access),
        ),
        "archived": archived,
        "editable": request.access.may(Permission.EDIT_SEGMENTS),
    }
    return render(request, "segments/segments.html", context)
