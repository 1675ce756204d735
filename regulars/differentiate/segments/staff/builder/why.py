"""Why somebody is among the people of a draft, or is not."""

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from regulars.differentiate.segments.draft import draft_of, without, wrong_with
from regulars.differentiate.segments.packing import unpack
from regulars.differentiate.segments.problem import NotATree
from regulars.differentiate.segments.staff.segment import why_of
from regulars.identify.customers.public import (
    Customer,
    CustomerNotFound,
    customer_of,
    person_of,
    shown_name,
)
from regulars.organization.public import Brand, Permission, StaffRequest, staff_page


@staff_page(Permission.SEE_CUSTOMERS)
def why(request: StaffRequest, brand: Brand, customer: str) -> HttpResponse:
    try:
        person = customer_of(brand=brand, public_id=customer, branch_ids=request.access.branch_ids)
    except CustomerNotFound as error:
        raise Http404 from error
    masked = request.access.masked_at(person.branch_id)
    packed, number = request.GET.get("draft", ""), request.GET.get("segment", "")
    context = {
        "brand": brand,
        "customer": person,
        "name": shown_name(person_of(person), masked=masked),
        "back": builder_url(brand, packed, number),
        **_walked(packed, person, masked=masked),
    }
    return render(request, "segments/reason.html", context)


def builder_url(brand: Brand, packed: str, segment: str = "") -> str:
    """Return where a draft is built on."""
    numbered = segment.isdecimal()
    held = [brand.slug, segment] if numbered else [brand.slug]
    place = reverse("segments:definition" if numbered else "segments:new", args=held)
    return f"{place}?{urlencode({'draft': packed})}" if packed else place


def _walked(packed: str, person: Customer, *, masked: bool) -> dict[str, Any]:
    brand = person.brand
    try:
        draft = draft_of(unpack(packed))
    except NotATree as error:
        return {"why": None, "trouble": error.problems[0].sentence}
    wrong = wrong_with(draft, brand=brand, masked=masked)
    tree = without(draft, set(wrong))
    if tree is None:
        hidden = masked and not wrong_with(draft, brand=brand)
        said = _("Your role does not see this.") if hidden else _("No condition is finished yet.")
        return {"why": None, "trouble": said}
    return why_of(tree, person, masked=masked)
