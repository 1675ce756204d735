"""The page on which a segment is built: new, or from one that is there."""

from collections.abc import Mapping
from secrets import token_urlsafe
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from regulars.differentiate.segments.draft import Draft, DraftGroup, draft_of, tree_of, wrong_with
from regulars.differentiate.segments.history import Steps, steps_of
from regulars.differentiate.segments.models import Segment
from regulars.differentiate.segments.packing import drafted, pack, unpack
from regulars.differentiate.segments.problem import NotATree
from regulars.differentiate.segments.staff.builder.acting import act
from regulars.differentiate.segments.staff.builder.consequences import consequences_of
from regulars.differentiate.segments.staff.builder.fields import Problems
from regulars.differentiate.segments.staff.builder.menu import condition_menu
from regulars.differentiate.segments.staff.builder.nodes import forms_of
from regulars.differentiate.segments.staff.builder.reading import draft_from, kept
from regulars.differentiate.segments.staff.builder.saving import NotSaved, away_to, revised, save
from regulars.differentiate.segments.staff.segment import segment_or_404
from regulars.organization.public import Access, Brand, Permission, StaffRequest, staff_page


@staff_page(Permission.EDIT_SEGMENTS)
@require_GET
def new(request: StaffRequest, brand: Brand) -> HttpResponse:
    draft, trouble = _given(request.GET.get("draft", ""))
    context = {
        "brand": brand,
        **told(draft, request.access),
        "trouble": trouble,
        **kept(request.GET),
    }
    return render(request, "segments/builder.html", context)


@staff_page(Permission.SEE_METRICS)
@require_GET
def definition(request: StaffRequest, brand: Brand, segment: int) -> HttpResponse:
    found = segment_or_404(brand, segment)
    open_to_change = not (found.frozen_at or found.archived_at)
    editable = open_to_change and request.access.may(Permission.EDIT_SEGMENTS)
    draft, trouble = _given(request.GET.get("draft", "") if editable else "", found)
    context = {
        **told(draft, request.access, masked=editable and request.access.masked),
        "trouble": trouble,
        "segment": found,
        "name": found.name,
        "note": found.note,
        "since": found.current.number,
        **(kept(request.GET) if editable and "draft" in request.GET else {}),
        "readonly": not editable,
    }
    if not editable:
        context |= consequences_of(draft, request.access, None, masked=False)
    return render(request, "segments/builder.html", context)


@staff_page(Permission.EDIT_SEGMENTS)
@require_POST
def draft(request: StaffRequest, brand: Brand) -> HttpResponse:
    """Take one step of building: what a button asks for, done to what the form holds."""
    posted, access = request.POST, request.access
    try:
        found = draft_from(posted, brand, masked=access.masked)
    except NotATree as error:
        context = {**told(_blank(), access), **kept(posted), "trouble": error.problems[0].sentence}
        return _drawn(request, context, status=422)
    steps = steps_of(posted.get("steps", ""))
    steps.note(tree_of(found))
    if posted.get("do") == "save":
        try:
            return save(request, brand, found)
        except NotSaved as refused:
            wrong = refused.told.pop("wrong", None)
            context = told(found, access, steps, refused=wrong or {}) | kept(posted) | refused.told
            return _drawn(request, context, status=409 if "other" in context else 422)
    if posted.get("do", "").startswith("list"):
        return _to_lists(request, found)
    found, more = _stepped(posted.get("do", ""), found, steps, access)
    more |= _counted(request, found)
    return _drawn(request, told(found, access, steps) | kept(posted) | more)


def _stepped(do: str, draft: Draft, steps: Steps, access: Access) -> tuple[Draft, dict[str, Any]]:
    focus, refused = act(do, draft, steps, access)
    if focus is None:
        return draft_of(steps.trees[steps.at]), {"focus": do}
    steps.note(tree_of(draft))
    return draft, {"focus": focus, "refused": refused}


def _counted(request: StaffRequest, draft: Draft) -> dict[str, Any]:
    """Count for a browser without scripts, when it asks; others are told beside the page."""
    if request.htmx or request.POST.get("do"):  # type: ignore[attr-defined]
        return {}
    segment = revised(request, request.access.brand)
    return {"counted": True} | consequences_of(draft, request.access, segment)


def _to_lists(request: StaffRequest, draft: Draft) -> HttpResponse:
    """Lead to where a list is brought in, and take the draft along."""
    asked = {**kept(request.POST), "segment": request.POST.get("segment", "")}
    place = reverse("segments:new_list", args=[request.access.brand.slug])
    return away_to(request, place + drafted(pack(tree_of(draft)), **asked))


def _drawn(request: StaffRequest, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    if not request.htmx:  # type: ignore[attr-defined]
        found = revised(request, request.access.brand)
        return render(request, "segments/builder.html", context | {"segment": found}, status=status)
    answer = render(request, "segments/builder.html#tree", context, status=status)
    answer["HX-Replace-Url"] = drafted(context["packed"], **kept(request.POST))
    return answer


def told(
    draft: Draft,
    access: Access,
    steps: Steps | None = None,
    *,
    refused: Mapping[str, Problems] | None = None,
    masked: bool | None = None,
) -> dict[str, Any]:
    """Return what the page needs to draw a draft; once it was ``refused``, all that is missing."""
    tree, brand = tree_of(draft), access.brand
    masked = access.masked if masked is None else masked
    if steps is None:
        steps = Steps()
        steps.note(tree)
    wrong = {**wrong_with(draft, brand=brand, masked=masked), **(refused or {})}
    return {
        "brand": brand,
        "window": token_urlsafe(9),
        "top": forms_of(draft, brand, wrong, strict=refused is not None, masked=masked),
        "steps": steps,
        "packed": pack(tree),
        "menu": condition_menu(brand, masked=masked),
        "blank": not draft.top.nodes,
    }


def _given(packed: str, segment: Segment | None = None) -> tuple[Draft, str]:
    """Return the draft that an address holds, or that of a segment, and what is wrong with it."""
    try:
        if packed:
            return draft_of(unpack(packed)), ""
        tree: Mapping[str, Any] | None = segment.current.tree if segment else None
        return (draft_of(tree) if tree else _blank()), ""
    except NotATree as error:
        said = " ".join(str(problem) for problem in error.problems)
        return _blank(), said or _("This draft cannot be read.")


def _blank() -> Draft:
    return Draft(top=DraftGroup(key="n1"))
