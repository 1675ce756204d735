"""What the panels about a person share: whose they are, and how they answer."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django_htmx.http import HttpResponseClientRedirect

from regulars.identify.customers.finding import CustomerNotFound, customer_of
from regulars.identify.customers.models import Customer
from regulars.organization.public import Brand, Permission, StaffRequest


def customer_or_404(request: StaffRequest, brand: Brand, public_id: str) -> Customer:
    """Return the customer if the person may have this page about them."""
    try:
        return customer_of(
            brand=brand,
            public_id=public_id,
            branch_ids=request.access.branch_ids,
        )
    except CustomerNotFound as error:
        raise Http404 from error


def may_edit(request: StaffRequest, customer: Customer) -> bool:
    """Whether the person may change this customer, who may be at one branch of several."""
    reach = request.access.branches_for(Permission.EDIT_CUSTOMERS)
    return reach is None or customer.branch_id in reach


def panel(
    request: StaffRequest,
    template: str,
    customer: Customer,
    context: dict[str, Any],
    *,
    status: int = 200,
) -> HttpResponse:
    """Answer htmx with the panel, and everybody else with the page around it."""
    fragment = "#panel" if request.htmx else ""  # type: ignore[attr-defined]
    about = {"brand": request.access.brand, "customer": customer}
    about["editable"] = may_edit(request, customer)  # type: ignore[assignment]
    return render(request, f"{template}{fragment}", {**about, **context}, status=status)


def to_customer(request: StaffRequest, customer: Customer) -> HttpResponse:
    """Lead to the customer's page, which then says what was done."""
    away = redirect("staff:customer", request.access.brand.slug, customer.public_id)
    return HttpResponseClientRedirect(away.url) if request.htmx else away  # type: ignore[attr-defined]
