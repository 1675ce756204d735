"""One segment: what it says, how many they are, some of them, and why somebody is in."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from pyroaring import BitMap

from regulars.differentiate.segments.asking import Tree, explain
from regulars.differentiate.segments.evaluation import size_history
from regulars.differentiate.segments.ground import NotMeasured
from regulars.differentiate.segments.keeping import SegmentNotFound, segment_of
from regulars.differentiate.segments.models import Membership, Segment
from regulars.differentiate.segments.overview import overview_of, say
from regulars.differentiate.segments.problem import NotATree
from regulars.differentiate.segments.staff.people import Shown, some_of
from regulars.differentiate.segments.staff.reach import among_for
from regulars.differentiate.segments.uses import uses_of
from regulars.identify.customers.public import (
    Customer,
    CustomerNotFound,
    customer_of,
    person_of,
    shown_name,
)
from regulars.lake.public import NeverMirrored, NotInTheLake
from regulars.organization.public import Access, Brand, Permission, StaffRequest, staff_page
from regulars.ui.charts import Axis, Chart, lines

SHOWN, POINTS = 10, 90


@staff_page(Permission.SEE_METRICS)
def segment(request: StaffRequest, brand: Brand, segment: int) -> HttpResponse:
    found = segment_or_404(brand, segment)
    among, now = among_for(request.access), timezone.now()
    language = request.LANGUAGE_CODE
    context = {
        "brand": brand,
        "segment": found,
        "row": overview_of(segment=found, language=language, now=now, among=among),
        "sizes": _sizes(found) if among is None else None,
        "people": _some(found, request.access, among),
        "uses": uses_of(found),
        "versions": [
            (version, say(version, brand, language))
            for version in found.versions.order_by("-number").select_related("made_by")[:SHOWN]
        ],
        "editable": request.access.may(Permission.EDIT_SEGMENTS),
    }
    return render(request, "segments/segment.html", context)


@staff_page(Permission.SEE_CUSTOMERS)
def reason(request: StaffRequest, brand: Brand, segment: int, customer: str) -> HttpResponse:
    found = segment_or_404(brand, segment)
    try:
        person = customer_of(brand=brand, public_id=customer, branch_ids=request.access.branch_ids)
    except CustomerNotFound as error:
        raise Http404 from error
    masked = request.access.masked_at(person.branch_id)
    context = {
        "brand": brand,
        "segment": found,
        "customer": person,
        "name": shown_name(person_of(person), masked=masked),
        **why_of(found.current.written, person, masked=masked),
    }
    return render(request, "segments/reason.html", context)


def segment_or_404(brand: Brand, segment_id: int) -> Segment:
    """Return a segment of the brand, or say that there is none."""
    try:
        return segment_of(brand=brand, segment_id=segment_id)
    except SegmentNotFound as error:
        raise Http404 from error


def why_of(tree: Tree, person: Customer, *, masked: bool) -> dict[str, Any]:
    """Walk a tree with a person's values; where that cannot be, say why not."""
    now, brand = timezone.now(), person.brand
    try:
        why = explain(tree=tree, customer_id=person.pk, brand=brand, now=now, masked=masked)
    except NotATree as error:
        return {"why": None, "trouble": error.sentence}
    except (NeverMirrored, NotMeasured, NotInTheLake):
        return {"why": None, "trouble": ""}
    return {"why": why, "trouble": ""}


def _some(segment: Segment, access: Access, among: BitMap | None) -> list[Shown]:
    """Some people of the segment, from all over it and always the same."""
    found = Membership.objects.filter(version=segment.current).first()
    if found is None:
        return []
    people = found.people if among is None else found.people & among
    step = max(1, len(people) // SHOWN)
    numbers = [people[place] for place in range(0, len(people), step)][:SHOWN]
    return some_of(segment.brand, numbers, access)


def _sizes(segment: Segment) -> Chart | None:
    history = size_history(segment)[-POINTS:]
    if len(history) < 2:
        return None
    zone = segment.brand.zone
    names = [date_format(one.at.astimezone(zone), "SHORT_DATETIME_FORMAT") for one in history]
    sizes = [one.size for one in history]
    return lines(names, {_("people"): sizes}, x=_("found at"), y=Axis(name=_("people")))
