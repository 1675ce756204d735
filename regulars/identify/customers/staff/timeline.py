"""The panel of what happened to a customer, under whichever of their numbers."""

from django.http import HttpResponse
from django.shortcuts import render

from regulars.identify.customers.finding import aliases_of
from regulars.identify.customers.staff.panels import customer_or_404, panel
from regulars.identify.timeline.public import tell_history
from regulars.organization.public import Brand, Permission, StaffRequest, staff_page


@staff_page(Permission.SEE_CUSTOMERS)
def timeline(request: StaffRequest, brand: Brand, customer: str) -> HttpResponse:
    person = customer_or_404(request, brand, customer)
    before, kind = request.GET.get("before", ""), request.GET.get("kind", "")
    history = tell_history(
        customer_ids=aliases_of(customer=person), zone=brand.zone, before=before, kind=kind
    )
    context = {"history": history, "kind": kind}
    if before and request.htmx:  # type: ignore[attr-defined]
        return render(request, "timeline/days.html", context)
    return panel(request, "timeline/history.html", person, context)
