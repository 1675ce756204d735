"""The page of one order, and the panel of a customer's orders."""

from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from regulars.identify.commerce.cancellation import (
    AlreadyReturned,
    cancel_order,
    reinstate_order,
)
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
    found = _or_404(request, brand, order)
    back = returned(found)
    editable = request.access.may(Permission.EDIT_CUSTOMERS)
    context = {
        "brand": brand,
        "order": found,
        "buyer": _buyer(request, found),
        "worth_minor": found.net_minor + found.discount_minor,
        "paid_minor": found.net_minor + found.shipping_minor + found.tax_minor,
        "returned": back,
        "cancellable": editable and not back and not found.refunds.all(),
        "reinstatable": editable and found.cancelled_at is not None,
    }
    return render(request, "commerce/order.html", context)


@staff_page(Permission.EDIT_CUSTOMERS)
@require_POST
def cancellation(request: StaffRequest, brand: Brand, order: int) -> HttpResponse:
    found = _or_404(request, brand, order)
    try:
        cancel_order(found, by=request.user, now=timezone.now())
    except AlreadyReturned:
        messages.error(
            request, _("Something of it came back already: its refunds say what is left.")
        )
    else:
        sentence = _("Order %(number)s is cancelled. The figures follow in some seconds.")
        undo = reverse("commerce:reinstatement", args=[brand.slug, found.pk])
        messages.success(request, sentence % {"number": found.number}, extra_tags=f"undo:{undo}")
    return redirect("commerce:order", brand.slug, found.pk)


@staff_page(Permission.EDIT_CUSTOMERS)
@require_POST
def reinstatement(request: StaffRequest, brand: Brand, order: int) -> HttpResponse:
    found = _or_404(request, brand, order)
    reinstate_order(found, by=request.user, now=timezone.now())
    sentence = _("Order %(number)s counts again. The figures follow in some seconds.")
    messages.success(request, sentence % {"number": found.number})
    return redirect("commerce:order", brand.slug, found.pk)


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


def _or_404(request: StaffRequest, brand: Brand, number: int) -> Order:
    try:
        return order_of(brand=brand, order_id=number, branch_ids=request.access.branch_ids)
    except OrderNotFound as error:
        raise Http404 from error


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
