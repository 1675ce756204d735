"""The people, and the orders, behind a figure."""

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from regulars.differentiate.explore.answering import NothingCounted
from regulars.differentiate.explore.behind import CUSTOMER, ORDER, Behind, behind, can_open
from regulars.differentiate.explore.question import Question
from regulars.differentiate.explore.staff.asked import asked_by, query_of
from regulars.differentiate.explore.staff.controls import controls
from regulars.differentiate.explore.staff.figures import say
from regulars.differentiate.explore.staff.paging import page_asked, pages
from regulars.differentiate.explore.wrong import NotAQuestion
from regulars.identify.commerce.public import Order
from regulars.identify.customers.public import persons, shown_name
from regulars.organization.public import Brand, Permission, StaffRequest, staff_page

SHOWN = 100


@staff_page(Permission.SEE_METRICS)
def people(request: StaffRequest, brand: Brand) -> HttpResponse:
    question = _question(request)
    found = _behind(question, CUSTOMER, request, brand)
    context = _context(question, found, request, brand, CUSTOMER) | {
        "rows": _people(found, request, brand)
    }
    return render(request, "explore/opened.html", context)


@staff_page(Permission.SEE_METRICS)
def orders(request: StaffRequest, brand: Brand) -> HttpResponse:
    question = _question(request)
    found = _behind(question, ORDER, request, brand)
    context = _context(question, found, request, brand, ORDER) | {"rows": _orders(found, brand)}
    return render(request, "explore/opened.html", context)


def _question(request: StaffRequest) -> Question:
    try:
        asked = asked_by(request)
    except NotAQuestion as error:
        raise Http404 from error
    return replace(asked, measures=asked.measures[:1], by=(), compare=False)


def _behind(question: Question, key: str, request: StaffRequest, brand: Brand) -> Behind | None:
    try:
        return behind(
            question,
            key,
            brand=brand,
            branch_ids=request.access.branch_ids,
            now=timezone.now(),
            most=SHOWN,
            after=SHOWN * (page_asked(request) - 1),
        )
    except NotAQuestion as error:
        raise Http404 from error
    except NothingCounted:
        return None


def _context(
    question: Question, found: Behind | None, request: StaffRequest, brand: Brand, key: str
) -> dict[str, Any]:
    measure = question.measures[0]
    here = {CUSTOMER: "explore:people", ORDER: "explore:orders"}
    tabs = [
        (one, reverse(page, args=[brand.slug]) + query_of(question), one == key)
        for one, page in here.items()
        if can_open(question, one)
    ]
    chosen = controls(question, request.access)
    return {
        "brand": brand,
        "measure": measure,
        "period": dict(chosen["periods"]["options"])[chosen["periods"]["chosen"]],
        "chips": chosen["chips"],
        "found": found,
        "whole": say(found.answer.whole.figures[measure.key], measure, brand) if found else "",
        "tabs": tabs,
        "by_order": key == ORDER,
        "back": reverse("explore:explore", args=[brand.slug]) + query_of(question),
        **pages(request, query_of(question), more=bool(found and found.more)),
    }


def _people(found: Behind | None, request: StaffRequest, brand: Brand) -> list[dict[str, str]]:
    if found is None:
        return []
    known = persons(brand=brand, customer_ids=found.ids)
    measure = found.answer.question.measures[0]
    rows = []
    for row in found.rows:
        person = known.get(int(row.keys[0])) if row.keys[0].isdecimal() else None
        name = str(found.each.unknown)
        url = ""
        if person is not None:
            customer = person.customer
            name = shown_name(person, masked=request.access.masked_at(customer.branch_id))
            url = reverse("staff:customer", args=[brand.slug, customer.public_id])
        text = say(row.figures[measure.key], measure, brand)
        rows.append({"name": name, "url": url, "text": text})
    return rows


def _orders(found: Behind | None, brand: Brand) -> list[dict[str, Any]]:
    if found is None:
        return []
    known = Order.objects.filter(brand=brand).select_related("branch").in_bulk(found.ids)
    measure = found.answer.question.measures[0]
    rows = []
    for row in found.rows:
        order = known.get(int(row.keys[0])) if row.keys[0].isdecimal() else None
        if order is not None:
            rows.append(
                {
                    "name": order.number,
                    "url": reverse("commerce:order", args=[brand.slug, order.pk]),
                    "on": order.placed_on,
                    "branch": order.branch.name if order.branch else "",
                    "text": say(row.figures[measure.key], measure, brand),
                }
            )
    return rows
