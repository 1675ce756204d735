"""What staff do with a segment as a whole: copy, freeze, archive, restore."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from regulars.differentiate.segments.keeping import (
    InUse,
    NameTaken,
    NotFoundYet,
    archive_segment,
    copy_segment,
    freeze_segment,
    restore_segment,
)
from regulars.differentiate.segments.models import Segment
from regulars.differentiate.segments.problem import NotATree
from regulars.differentiate.segments.staff.segment import segment_or_404
from regulars.organization.public import Brand, Permission, StaffRequest, staff_page


@staff_page(Permission.EDIT_SEGMENTS)
@require_POST
def archive(request: StaffRequest, brand: Brand, segment: int) -> HttpResponse:
    found = segment_or_404(brand, segment)
    try:
        archive_segment(segment=found, by=request.access, now=timezone.now())
    except InUse as error:
        messages.error(request, _("It is still used by: %(names)s.") % {"names": error})
    return _to(found)


@staff_page(Permission.EDIT_SEGMENTS)
@require_POST
def restoration(request: StaffRequest, brand: Brand, segment: int) -> HttpResponse:
    found = segment_or_404(brand, segment)
    try:
        restore_segment(segment=found, by=request.access, now=timezone.now())
    except NameTaken:
        messages.error(request, _("Another segment has this name now."))
    except NotATree as error:
        messages.error(request, error.sentence)
    return _to(found)


@staff_page(Permission.EDIT_SEGMENTS)
@require_POST
def copy(request: StaffRequest, brand: Brand, segment: int) -> HttpResponse:
    found = segment_or_404(brand, segment)
    try:
        return _to(copy_segment(segment=found, by=request.access, now=timezone.now()))
    except NotATree as error:
        messages.error(request, error.sentence)
    return _to(found)


@staff_page(Permission.EDIT_SEGMENTS)
@require_POST
def freeze(request: StaffRequest, brand: Brand, segment: int) -> HttpResponse:
    found = segment_or_404(brand, segment)
    try:
        return _to(freeze_segment(segment=found, by=request.access, now=timezone.now()))
    except NotFoundYet:
        messages.error(request, _("Its people were not found yet. Try again in a moment."))
    except NotATree as error:
        messages.error(request, error.sentence)
    return _to(found)


def _to(segment: Segment) -> HttpResponse:
    return redirect("segments:segment", segment.brand.slug, segment.pk)
