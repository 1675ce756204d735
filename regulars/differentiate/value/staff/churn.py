"""Churn: who is slipping away, by when to act, and what may have driven them."""

import json
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from regulars.differentiate.metrics.public import standpoint_of
from regulars.differentiate.value.churn import all_churning, churning
from regulars.differentiate.value.models import Valuation
from regulars.differentiate.value.staff.evidence import Evidence, Row
from regulars.differentiate.value.staff.words import STATE_SAYS, STATE_WORDS, percent
from regulars.differentiate.value.states import AT_RISK, STATES
from regulars.differentiate.value.worth import latest_valuation, totals_of
from regulars.identify.customers.public import persons, shown_name
from regulars.lib.money import to_decimal
from regulars.organization.public import (
    Access,
    Brand,
    Permission,
    StaffRequest,
    export_table,
    staff_page,
)

SHOWN = 50
HEAD = (
    "customer", "name", "state", "chance_still_there", "act_on", "last_visit_on", "visits",
    "value_in_a_year", "value_at_stake", "currency", "overdue_cadences", "evidence",
)  # fmt: skip


@staff_page(Permission.SEE_METRICS)
def churn(request: StaffRequest, brand: Brand) -> HttpResponse:
    access = request.access
    valuation = _latest(brand)
    context: dict[str, Any] = {"brand": brand, "valuation": valuation}
    if valuation is not None:
        state = _state(request)
        totals = totals_of(valuation, branch_ids=access.branch_ids)
        page = churning(
            valuation, state=state, branch_ids=access.branch_ids, limit=SHOWN, after=_after(request)
        )
        context |= {
            "state": state,
            "says": STATE_SAYS[state],
            "tabs": [(STATE_WORDS[one], one, totals.get(one)) for one in STATES],
            "people": totals[state].people if state in totals else 0,
            "stake": totals[state].minor("at_stake") if state in totals else None,
            "rows": list(_shown(page.rows, access)),
            "next": _query(state, page.following) if page.following else "",
            "first": _query(state) if "after" in request.GET else "",
            "may_export": access.may(Permission.EXPORT),
            "may_segment": access.may(Permission.EDIT_SEGMENTS),
        }
    return render(request, "value/churn.html", context)


@staff_page(Permission.EXPORT)
def churn_export(request: StaffRequest, brand: Brand) -> HttpResponseBase:
    access, valuation, state = request.access, _latest(brand), _state(request)
    if valuation is None:
        return redirect("value:churn", brand.slug)
    about = {"list": f"churn: {state}", "as of": valuation.as_of_on.isoformat()}
    slices = all_churning(valuation, state=state, branch_ids=access.branch_ids)
    rows = (line for rows in slices for line in _lines(rows, access))
    return export_table(request, f"{state}-{valuation.as_of_on}", HEAD, rows, detail=about)


def _latest(brand: Brand) -> Valuation | None:
    return latest_valuation(brand=brand, day=standpoint_of(brand, now=timezone.now()))


def _state(request: StaffRequest) -> str:
    asked = request.GET.get("state", "")
    return asked if asked in STATES else AT_RISK


def _query(state: str, after: tuple[int | None, int] | None = None) -> str:
    return "?" + urlencode({"state": state, **({"after": json.dumps(after)} if after else {})})


def _after(request: StaffRequest) -> tuple[int | None, int] | None:
    try:
        value, customer_id = json.loads(request.GET.get("after", ""))
    except (ValueError, TypeError):
        return None
    known = isinstance(customer_id, int) and (value is None or isinstance(value, int))
    return (value, customer_id) if known else None


def _shown(rows: Sequence[Row], access: Access) -> Iterator[dict[str, Any]]:
    """Put names, and what is known of why, to rows."""
    brand = access.brand
    people = persons(brand=brand, customer_ids=[row["customer_id"] for row in rows])
    evidence = Evidence(brand, rows)
    for row in rows:
        person = people.get(row["customer_id"])
        if person is not None:
            customer = person.customer
            yield {
                **row,
                "name": shown_name(person, masked=access.masked_at(customer.branch_id)),
                "public_id": customer.public_id,
                "url": reverse("staff:customer", args=[brand.slug, customer.public_id]),
                "chance": percent(row["alive"]),
                "overdue": row["overdue_cadences"],
                "evidence": evidence.of(row),
            }


def _lines(rows: Sequence[Row], access: Access) -> Iterator[tuple[object, ...]]:
    currency = access.brand.currency
    for row in _shown(rows, access):
        stake = row["at_stake_minor"]
        yield (
            row["public_id"], row["name"], row["churn_state"],
            None if row["alive"] is None else round(row["alive"], 4), row["act_on"],
            row["last_on"], row["visits"], to_decimal(row["value_year_minor"], currency),
            None if stake is None else to_decimal(stake, currency), currency,
            row["overdue_cadences"] and round(row["overdue_cadences"], 2),
            "; ".join(row["evidence"]),
        )  # fmt: skip
