"""The page of one order, and the panel of a customer's orders."""

from datetime import datetime

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.dateparse import parse_datetime

from regulars.identify.commerce.models import Order
from regulars.identify.commerce.reading import OrderNotFound, order_of, orders_of
from regulars.identify.commerce.returned import returned
from regulars.identify.customers.public import (
    CustomerNotFound,
    aliases_of,
    customer_of,
    person_of,
    shown_name,
)
from regulars.organization.public import Brand, Permission, StaffRequest, staff_page

ORDERS_SHOWN = 10


@staff_page(Permission.SEE_CUSTOMERS)
def order(request: StaffRequest, brand: Brand, order: int) -> HttpResponse:
    try:
        found = order_of(brand=brand, order_id=order, branch_ids=request.access.branch_ids)
    except OrderNotFound as error:
        raise Http404 from error
    context = {
        "brand": brand,
        "order": found,
        "buyer": _buyer(request, found),
        "worth_minor": found.net_minor + found.discount_minor,
        "paid_minor": found.net_minor + found.shipping_minor + found.tax_minor,
        "returned": returned(found),
    }
    return render(request, "commerce/order.html", context)


@staff_page(Permission.SEE_CUSTOMERS)
def customer_orders(request: StaffRequest, brand: Brand, customer: str) -> HttpResponse:
    reach = request.access.branch_ids
    try:
        person = customer_of(brand=brand, public_id=customer, branch_ids=reach)
    except CustomerNotFound as error:
        raise Http404 from error
    orders = orders_of(
        brand=brand,
        customer_ids=aliases_of(customer=person),
        before=_instant(request.GET.get("before", "")),
        limit=ORDERS_SHOWN + 1,
    )
    shown = [(one, returned(one)) for one in orders[:ORDERS_SHOWN]]
    context = {
        "brand": brand,
        "customer": person,
        "paged": "before" in request.GET,
        "orders": shown,
        "before": orders[ORDERS_SHOWN - 1].occurred_at if len(orders) > ORDERS_SHOWN else None,
    }
    fragment = "#more" if "before" in request.GET else "#panel"
    page = f"commerce/customer_orders.html{fragment if request.htmx else ''}"  # type: ignore[attr-defined]
    return render(request, page, context)


def _buyer(request: StaffRequest, found: Order) -> tuple[str, str] | None:
    """Public id and name of who bought, for those who may know; the page links to them."""
    if found.customer is None:
        return None
    person = found.customer.canonical or found.customer
    reach = request.access.branch_ids
    if reach is not None and person.branch_id not in reach:
        return None
    masked = request.access.masked_at(person.branch_id)
    return person.public_id, shown_name(person_of(person), masked=masked)


def _instant(text: str) -> datetime | None:
    try:
        found = parse_datetime(text)
    except ValueError:
        return None
    return found if found and found.tzinfo else None
