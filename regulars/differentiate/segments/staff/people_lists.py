"""The lists of people that staff brought in: all of them, and one of them."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET
from pyroaring import BitMap

from regulars.differentiate.segments.keeping import LONGEST_NAME
from regulars.differentiate.segments.list_uses import segments_naming
from regulars.differentiate.segments.models import PeopleList
from regulars.differentiate.segments.people_lists import (
    BATCH,
    ListNotFound,
    people_list_of,
    people_lists,
    themselves,
)
from regulars.differentiate.segments.staff.people import some_of
from regulars.differentiate.segments.staff.reach import among_for
from regulars.organization.public import (
    Access,
    Brand,
    Permission,
    StaffRequest,
    export_table,
    staff_page,
)


class NameForm(forms.Form):
    """What a list is called."""

    name = forms.CharField(label=gettext_lazy("Name of the list"), max_length=LONGEST_NAME)


class FileForm(forms.Form):
    """A file that names people."""

    file = forms.FileField(label=gettext_lazy("File"))


@staff_page(Permission.SEE_METRICS)
@require_GET
def listed(request: StaffRequest, brand: Brand) -> HttpResponse:
    among = among_for(request.access)
    rows = people_lists(brand=brand)
    context = {
        "brand": brand,
        "rows": [(row, _size(row.people_list, among)) for row in rows],
        "editable": request.access.may(Permission.EDIT_SEGMENTS),
    }
    return render(request, "segments/people_lists.html", context)


@staff_page(Permission.SEE_METRICS)
@require_GET
def people_list(request: StaffRequest, brand: Brand, people_list: int) -> HttpResponse:
    return list_page(request, list_or_404(brand, people_list))


@staff_page(Permission.EXPORT)
@require_GET
def list_people(request: StaffRequest, brand: Brand, people_list: int) -> HttpResponseBase:
    found = list_or_404(brand, people_list)
    among = among_for(request.access)
    people = themselves(found) if among is None else themselves(found) & among
    head = [_("customer"), _("name"), _("city")]
    about = {"list": found.pk, "people": len(people)}
    return export_table(
        request, f"list-{found.pk}", head, _lines(people, request.access), detail=about
    )


def list_page(
    request: StaffRequest, found: PeopleList, *, status: int = 200, **forms: forms.Form
) -> HttpResponse:
    """Answer with the page of a list; ``forms`` are those in which something is wrong."""
    access, brand = request.access, found.brand
    among = among_for(access)
    context: dict[str, Any] = {
        "brand": brand,
        "list": found,
        "size": _size(found, among),
        "segments": segments_naming(brand).get(found.pk, ()),
        "asked": request.GET.urlencode(),
        "editable": access.may(Permission.EDIT_SEGMENTS),
        "may_export": access.may(Permission.EXPORT),
        "naming": NameForm(initial={"name": found.name}),
        "replacing": FileForm(),
        **forms,
    }
    return render(request, "segments/people_list.html", context, status=status)


def list_or_404(brand: Brand, number: int) -> PeopleList:
    """Return a list of the brand, or say that there is none."""
    try:
        return people_list_of(brand=brand, list_id=number)
    except ListNotFound as error:
        raise Http404 from error


def _size(found: PeopleList, among: BitMap | None) -> int:
    return found.size if among is None else len(found.people & among)


def _lines(people: BitMap, access: Access) -> Iterator[list[str]]:
    numbers = list(people)
    for start in range(0, len(numbers), BATCH):
        for one in some_of(access.brand, numbers[start:][:BATCH], access):
            yield [one.public_id, one.name, one.city]
