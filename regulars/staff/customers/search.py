"""The search box: people by what they say on the phone, orders by their number."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from regulars.identify.commerce.public import Order, find_orders
from regulars.identify.customers.public import (
    Found,
    Person,
    find_people,
    identifier_kind,
    persons,
    readable_phone,
    shown_name,
)
from regulars.organization.public import (
    Access,
    Brand,
    Permission,
    StaffRequest,
    mask_email,
    mask_phone,
    mask_value,
    staff_page,
)

LIMIT = 20
_MASKS = {"email": mask_email, "phone": mask_phone}


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A line of the answer."""

    url: str
    title: str
    detail: str
    about: str = ""


@staff_page(Permission.SEE_CUSTOMERS)
def search(request: StaffRequest, brand: Brand) -> HttpResponse:
    text = request.GET.get("q", "").strip()[:100]
    access = request.access
    found = find_people(
        brand=brand,
        text=text,
        branch_ids=access.branch_ids,
        personal=not access.masked,
        limit=LIMIT,
    )
    orders = find_orders(brand=brand, number=text, branch_ids=access.branch_ids) if text else []
    known = persons(brand=brand, customer_ids=[one.customer.pk for one in found])
    people = [_person(access, one, known[one.customer.pk]) for one in found]
    hits = [*people, *(_order(access, one) for one in orders)]
    if len(hits) == 1 and not request.htmx:  # type: ignore[attr-defined]
        return redirect(hits[0].url)
    context = {
        "brand": brand,
        "q": text,
        "hits": hits,
        "more": len(found) == LIMIT,
        "editable": access.may(Permission.EDIT_CUSTOMERS),
    }
    fragment = "#hits" if request.htmx else ""  # type: ignore[attr-defined]
    return render(request, f"staff/search.html{fragment}", context)


def _person(access: Access, found: Found, known: Person) -> Hit:
    person = found.customer
    masked = access.masked_at(person.branch_id)
    matched = ""
    if found.kind:
        value = _shown(found.kind, found.value, masked=masked)
        matched = f"{identifier_kind(found.kind).label} {value}"
    place = " · ".join(part for part in (person.city, person.branch and person.branch.name) if part)
    return Hit(
        url=reverse("staff:customer", args=[access.brand.slug, person.public_id]),
        title=shown_name(known, masked=masked),
        detail=matched or place,
        about=place if matched else "",
    )


def _shown(kind: str, value: str, *, masked: bool) -> str:
    if masked:
        return _MASKS.get(kind, mask_value)(value)
    return readable_phone(value) if kind == "phone" else value


def _order(access: Access, order: Order) -> Hit:
    return Hit(
        url=reverse("commerce:order", args=[access.brand.slug, order.pk]),
        title=order.number,
        detail=f"{order.placed_on:%Y-%m-%d}",
        about=order.branch.name if order.branch else order.source,
    )
