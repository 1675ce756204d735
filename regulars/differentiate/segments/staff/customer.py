"""The panel on a customer's page: which segments they are in."""

from django.http import Http404, HttpResponse
from django.shortcuts import render

from regulars.differentiate.segments.overlapping import segments_found, segments_of
from regulars.identify.customers.public import CustomerNotFound, customer_of
from regulars.organization.public import Brand, Permission, StaffRequest, staff_page


@staff_page(Permission.SEE_CUSTOMERS)
def customer_segments(request: StaffRequest, brand: Brand, customer: str) -> HttpResponse:
    try:
        person = customer_of(brand=brand, public_id=customer, branch_ids=request.access.branch_ids)
    except CustomerNotFound as error:
        raise Http404 from error
    inside = segments_of(brand=brand, customer_id=person.pk)
    context = {
        "brand": brand,
        "customer": person,
        "segments": inside,
        "others": [one for one in segments_found(brand=brand) if one not in inside],
    }
    fragment = "#panel" if request.htmx else ""  # type: ignore[attr-defined]
    return render(request, f"segments/customer_segments.html{fragment}", context)
