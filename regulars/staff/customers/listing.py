"""The list of customers."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from regulars.organization.public import Branch, Brand, Permission, StaffRequest, staff_page
from regulars.staff.customers.asked import Asked, asked
from regulars.staff.customers.columns import (
    COLUMNS,
    DUE,
    FREQUENCY,
    RECENCY,
    UNJUDGED,
    USUAL,
    cell_label,
)
from regulars.staff.customers.judged import SORTS, find
from regulars.staff.customers.rows import shown_rows

KEYS = frozenset(column.key for column in COLUMNS)


@staff_page(Permission.SEE_CUSTOMERS)
def customers(request: StaffRequest, brand: Brand) -> HttpResponse:
    question = asked(request.GET, sorts=frozenset(SORTS), columns=KEYS)
    found = find(question, brand=brand, branch_ids=request.access.branch_ids, now=timezone.now())
    wanted = (question.columns or USUAL) if found.judged else UNJUDGED
    columns = [column for column in COLUMNS if column.key in wanted]
    context = {
        "brand": brand,
        "found": found,
        "rows": shown_rows(found.rows, access=request.access, columns=columns),
        "heads": [(column, _sorted_by(question, column.sort)) for column in columns],
        "next": question.query(after=found.following) if found.following else "",
        "first": question.query() if question.after else "",
        "asked": question,
        "masked": request.access.masked,
        "editable": request.access.may(Permission.EDIT_CUSTOMERS),
        **_choices(question, brand),
    }
    return render(request, "staff/customers.html", context)


def _sorted_by(question: Asked, sort: str) -> dict[str, str]:
    """The address that sorts by a column, or turns it round, and how it is sorted now."""
    if not sort:
        return {}
    here = question.sort == sort
    down = not question.descending if here else True
    now = ("descending" if question.descending else "ascending") if here else ""
    return {"url": question.query(sort=sort, descending=down), "now": now}


def _choices(question: Asked, brand: Brand) -> dict[str, Any]:
    """What the filters offer."""
    return {
        "cells": [
            (f"{recency}/{frequency}", cell_label(f"{recency}/{frequency}"))
            for recency in RECENCY
            for frequency in FREQUENCY
        ],
        "due_states": list(DUE.items()),
        "branches": list(Branch.objects.filter(brand=brand).order_by("name")),
        "columns": [(one, one.key in (question.columns or USUAL)) for one in COLUMNS],
    }
