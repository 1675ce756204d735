"""Save what was built: a new segment, or another version of one that is there."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from regulars.differentiate.segments.draft import Draft, draft_of, placed, tree_of
from regulars.differentiate.segments.keeping import (
    ChangedMeanwhile,
    Frozen,
    NameTaken,
    make_segment,
    revise_segment,
)
from regulars.differentiate.segments.models import Segment
from regulars.differentiate.segments.overview import say
from regulars.differentiate.segments.problem import NotATree
from regulars.differentiate.segments.staff.segment import segment_or_404
from regulars.organization.public import Brand, StaffRequest


class NotSaved(Exception):
    """Nothing was saved; ``told`` is what the page says of it."""

    def __init__(self, **told: Any) -> None:
        self.told = told
        super().__init__(", ".join(told))


def save(request: StaffRequest, brand: Brand, draft: Draft) -> HttpResponse:
    """Save the draft and lead to its segment. Raises NotSaved."""
    segment = revised(request, brand)
    try:
        kept = _make(request, brand, draft) if segment is None else _change(request, segment, draft)
    except NameTaken as error:
        raise NotSaved(name_wrong=_name_wrong(str(error))) from error
    except NotATree as error:
        placed_at = placed(error, draft)
        raise NotSaved(unsaved=_wrong(draft), wrong=placed_at) from error
    except Frozen as error:
        said = _("A frozen segment keeps its people. Copy it, and change the copy.")
        raise NotSaved(refused=said) from error
    except ChangedMeanwhile as error:
        version = error.version
        said = say(version, brand, request.LANGUAGE_CODE)
        raise NotSaved(other=version, other_said=said, since=version.number) from error
    messages.success(request, _("“%(name)s” is saved.") % {"name": kept.name})
    return away_to(request, reverse("segments:segment", args=[brand.slug, kept.pk]))


def away_to(request: StaffRequest, place: str) -> HttpResponse:
    """Lead the whole page away."""
    return HttpResponseClientRedirect(place) if request.htmx else redirect(place)  # type: ignore[attr-defined]


def revised(request: StaffRequest, brand: Brand) -> Segment | None:
    """Return the segment that a form is about; None when it makes a new one."""
    number = request.POST.get("segment", "")
    return segment_or_404(brand, int(number)) if number.isdecimal() else None


def _make(request: StaffRequest, brand: Brand, draft: Draft) -> Segment:
    return make_segment(
        brand=brand,
        name=request.POST.get("name", ""),
        note=request.POST.get("note", "").strip(),
        tree=tree_of(draft),
        by=request.access,
        now=timezone.now(),
    )


def _change(request: StaffRequest, segment: Segment, draft: Draft) -> Segment:
    since = request.POST.get("since", "")
    revise_segment(
        segment=segment,
        name=request.POST.get("name", ""),
        note=request.POST.get("note", ""),
        tree=_unless_same(segment, tree_of(draft)),
        by=request.access,
        now=timezone.now(),
        since=int(since) if since.isdecimal() else 0,
    )
    return segment


def _unless_same(segment: Segment, tree: dict[str, Any]) -> dict[str, Any]:
    """Return the tree as the segment has it, where a draft only writes it in another way."""
    held: dict[str, Any] = segment.current.tree
    try:
        return held if tree_of(draft_of(held)) == tree else tree
    except NotATree:
        return tree


def _name_wrong(name: str) -> str:
    if not name:
        return _("A segment needs a name.")
    return _("Another segment is called “%(name)s”.") % {"name": name}


def _wrong(draft: Draft) -> str:
    if not draft.top.nodes:
        return _("Add a condition first.")
    return _("Some conditions are not right; each says what is missing.")
