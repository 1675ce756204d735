"""Words that are in use, for whoever types one."""

from django.http import HttpResponse
from django.shortcuts import render

from regulars.differentiate.segments.family import families
from regulars.differentiate.segments.staff.builder.reading import subject_of
from regulars.lake.public import NeverMirrored
from regulars.organization.public import Brand, Permission, StaffRequest, staff_page


@staff_page(Permission.EDIT_SEGMENTS)
def words(request: StaffRequest, brand: Brand) -> HttpResponse:
    name, _dot, key = request.GET.get("of", "").partition(".")
    filtering = key.startswith("where.")
    family = families().get(name)
    subject = None
    if family is not None:
        key = key.removeprefix("where.")
        subject = subject_of(family, key, brand, filtering=filtering, masked=request.access.masked)
    typed = next((str(said) for name, said in request.GET.items() if name.endswith(".value")), "")
    found: list[str] = []
    if subject is not None and subject.words is not None:
        try:
            found = list(subject.words(brand, typed.strip()))
        except NeverMirrored:
            found = []
    return render(request, "segments/words.html", {"words": found})
