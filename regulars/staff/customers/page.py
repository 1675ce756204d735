"""The page of a customer: who, worth, next, and the story. Each app serves its own panels."""

from datetime import datetime

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from regulars.identify.customers.public import (
    Customer,
    CustomerNotFound,
    customer_of,
    person_of,
    shown_name,
)
from regulars.organization.public import (
    AuditAction,
    Brand,
    Permission,
    StaffRequest,
    audit,
    staff_page,
)
from regulars.staff.customers.head import head_line
from regulars.staff.customers.story import chapter_of

ABOVE: tuple[str, ...] = ("metrics:figures",)
"""Panels over the whole width, by the names of their URLs, which take brand and customer."""

BESIDE: tuple[str, ...] = (
    "value:customer_worth",
    "customers:about",
    "segments:customer_segments",
)
"""Panels beside the story."""

TABS: dict[str, tuple[Promise, str]] = {
    "orders": (gettext_lazy("Orders"), "commerce:customer_orders"),
    "timeline": (gettext_lazy("As recorded"), "customers:timeline"),
}
"""What can be shown in place of the story: its label, and the panel by the name of its URL."""


@staff_page(Permission.SEE_CUSTOMERS)
def customer(request: StaffRequest, brand: Brand, customer: str) -> HttpResponse:
    person = _or_404(request, brand, customer)
    now = timezone.now()
    audit(
        request.access, AuditAction.VIEW, now=now, subject_kind="customer", subject=person.public_id
    )
    masked = request.access.masked_at(person.branch_id)
    known = person_of(person)
    tab = request.GET.get("show", "") if request.GET.get("show") in TABS else ""
    context = {
        "brand": brand,
        "customer": person,
        "name": shown_name(known, masked=masked),
        "number": "" if masked else known.value("member_number", "user_id", "shop_id"),
        "line": head_line(person, today=now.astimezone(brand.zone).date(), masked=masked),
        "chapter": None if tab else chapter_of(person),
        "above": _urls(ABOVE, person),
        "beside": _urls(BESIDE, person),
        "tabs": [(key, label) for key, (label, _panel) in TABS.items()],
        "tab": tab,
        "told": _urls((TABS[tab][1],), person)[0] if tab else "",
        "editable": request.access.may(Permission.EDIT_CUSTOMERS, branch_id=person.branch_id),
    }
    return render(request, "staff/customer.html", context)


@staff_page(Permission.SEE_CUSTOMERS)
def story(request: StaffRequest, brand: Brand, customer: str) -> HttpResponse:
    person = _or_404(request, brand, customer)
    chapter = chapter_of(person, before=_instant(request.GET.get("before", "")))
    context = {"brand": brand, "customer": person, "chapter": chapter}
    fragment = "#moments" if request.htmx else ""  # type: ignore[attr-defined]
    return render(request, f"staff/story.html{fragment}", context)


def _or_404(request: StaffRequest, brand: Brand, public_id: str) -> Customer:
    try:
        return customer_of(brand=brand, public_id=public_id, branch_ids=request.access.branch_ids)
    except CustomerNotFound as error:
        raise Http404 from error


def _urls(panels: tuple[str, ...], person: Customer) -> list[str]:
    return [reverse(panel, args=[person.brand.slug, person.public_id]) for panel in panels]


def _instant(text: str) -> datetime | None:
    try:
        found = parse_datetime(text)
    except ValueError:
        return None
    return found if found and found.tzinfo else None
