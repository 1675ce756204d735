"""The panel of worth on a customer's page."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from regulars.differentiate.metrics.public import standpoint_of
from regulars.differentiate.value.costs import months_ahead
from regulars.differentiate.value.models import Valuation
from regulars.differentiate.value.staff.evidence import Evidence
from regulars.differentiate.value.staff.parts import LABELS
from regulars.differentiate.value.staff.words import STATE_SAYS, STATE_WORDS, percent
from regulars.differentiate.value.worth import latest_valuation, worth_of
from regulars.identify.customers.public import CustomerNotFound, customer_of
from regulars.organization.public import Brand, Permission, StaffRequest, staff_page


@staff_page(Permission.SEE_CUSTOMERS)
def customer_worth(request: StaffRequest, brand: Brand, customer: str) -> HttpResponse:
    try:
        person = customer_of(brand=brand, public_id=customer, branch_ids=request.access.branch_ids)
    except CustomerNotFound as error:
        raise Http404 from error
    valuation = latest_valuation(brand=brand, day=standpoint_of(brand, now=timezone.now()))
    row = None
    if valuation is not None:
        day = valuation.as_of_on
        rows = worth_of(brand_id=brand.pk, customer_ids=[person.pk], as_of=day)
        row = rows.get(person.pk)
    context = {"brand": brand, "customer": person, "valuation": valuation, "row": row}
    if valuation is not None and row is not None:
        context |= _told(row, valuation)
    fragment = "#panel" if request.htmx else ""  # type: ignore[attr-defined]
    return render(request, f"value/customer_worth.html{fragment}", context)


def _told(row: dict[str, Any], valuation: Valuation) -> dict[str, Any]:
    parts = [
        (label, None if row[f"{name}_minor"] is None else -row[f"{name}_minor"])
        for name, label in LABELS.items()
    ]
    return {
        "chance": percent(row["alive"]),
        "visits": None if row["expected_visits"] is None else f"{row['expected_visits']:.1f}",
        "parts": parts,
        "state": STATE_WORDS[row["churn_state"]],
        "says": STATE_SAYS[row["churn_state"]],
        "safe": row["churn_state"] == "safe",
        "evidence": Evidence(valuation.brand, [row]).of(row),
        "months": months_ahead(valuation.report["outlook"]["weeks"]),
    }
