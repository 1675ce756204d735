"""How few customers bring how much, and who they are."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from regulars.differentiate.metrics.concentration import Concentration
from regulars.differentiate.metrics.key_customers import (
    KeyCustomer,
    concentration_seen,
    key_customers,
)
from regulars.differentiate.metrics.staff.files import file_links, file_of
from regulars.differentiate.metrics.staff.seen_from import run_asked, without_figures
from regulars.identify.customers.public import persons, shown_name
from regulars.lib.money import to_decimal
from regulars.organization.public import Access, Brand, Permission, StaffRequest, staff_page
from regulars.ui.charts import Axis, Chart, Unit, curve

SHOWN, AT_ONCE = 50, 500
HEAD = (
    "rank", "customer", "name", "visits", "last_visit_on", "cell", "net_value", "currency",
    "share_so_far",
)  # fmt: skip


@staff_page(Permission.SEE_METRICS)
def concentration(request: StaffRequest, brand: Brand) -> HttpResponse:
    run, access = run_asked(request, brand), request.access
    found = concentration_seen(run, branch_ids=access.branch_ids) if run else None
    context: dict[str, Any] = {"brand": brand, "run": run, "found": found}
    context |= without_figures(run, brand)
    if run and found and found.top_fifth_share is not None:
        people = key_customers(
            run, branch_ids=access.branch_ids, most=SHOWN, of_minor=found.net_minor
        )
        context |= {
            "chart": _chart(found),
            "fifth": round(100 * found.top_fifth_share),
            "half": round(100 * (found.half_people or 0) / found.customers, 1),
            "people": list(_named(people, access)),
            "files": file_links(
                request, "concentration_export", as_of=run.as_of_on, rows=found.top_fifth_people
            ),
        }
    return render(request, "metrics/concentration.html", context)


@staff_page(Permission.EXPORT)
def concentration_export(request: StaffRequest, brand: Brand) -> HttpResponseBase:
    run, access = run_asked(request, brand), request.access
    if run is None:
        return redirect("metrics:concentration", brand.slug)
    found = concentration_seen(run, branch_ids=access.branch_ids)
    people = key_customers(
        run,
        branch_ids=access.branch_ids,
        most=found.top_fifth_people,
        of_minor=found.net_minor,
    )
    rows = (_row(line, brand) for line in _named(people, access))
    return file_of(request, "top fifth", as_of=run.as_of_on, head=HEAD, rows=rows)


def _named(people: Iterable[KeyCustomer], access: Access) -> Iterator[dict[str, Any]]:
    """Put names to customers, some hundreds at once; who has gone meanwhile is left out."""
    waiting = iter(people)
    while some := list(islice(waiting, AT_ONCE)):
        known = persons(brand=access.brand, customer_ids=[one.customer_id for one in some])
        for one in some:
            if person := known.get(one.customer_id):
                customer = person.customer
                yield {
                    "key": one,
                    "public_id": customer.public_id,
                    "name": shown_name(person, masked=access.masked_at(customer.branch_id)),
                    "url": reverse("staff:customer", args=[access.brand.slug, customer.public_id]),
                }


def _row(line: dict[str, Any], brand: Brand) -> tuple[object, ...]:
    key: KeyCustomer = line["key"]
    return (
        key.rank,
        line["public_id"],
        line["name"],
        key.visits,
        key.last_visit_on.isoformat(),
        key.cell,
        to_decimal(key.net_minor, brand.currency),
        brand.currency,
        "" if key.share_so_far is None else round(key.share_so_far, 6),
    )


def _chart(found: Concentration) -> Chart:
    points = [(percent / 100, share) for percent, share in enumerate(found.curve)]
    return curve(
        points,
        x=Axis(
            name=_("share of customers, those who bring most first"),
            unit=Unit.PERCENT,
            least=0,
            most=1,
        ),
        y=Axis(name=_("share of net value"), unit=Unit.PERCENT, least=0),
        even=True,
    )
