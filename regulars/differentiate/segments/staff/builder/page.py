"""The page on which a segment is built: new, or from one that is there."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from regulars.differentiate.segments.draft import Draft, DraftGroup, draft_of, tree_of, wrong_with
from regulars.differentiate.segments.history import Steps, steps_of
from regulars.differentiate.segments.models import Segment
from regulars.differentiate.segments.packing import pack, unpack
from regulars.differentiate.segments.problem import NotATree
from regulars.differentiate.segments.staff.builder.acting import act
from regulars.differentiate.segments.staff.builder.menu import condition_menu
from regulars.differentiate.segments.staff.builder.nodes import forms_of
from regulars.differentiate.segments.staff.builder.reading import draft_from
from regulars.differentiate.segments.staff.builder.saving import NotSaved, revised, save
from regulars.differentiate.segments.staff.segment import segment_or_404
from regulars.organization.public import Brand, Permission, StaffRequest, staff_page


@staff_page(Permission.EDIT_SEGMENTS)
@require_GET
def new(request: StaffRequest, brand: Brand) -> HttpResponse:
    draft, trouble = _given(request.GET.get("draft", ""))
    return render(request, "segments/builder.html", {
        **told(draft, brand), "trouble": trouble, "name": request.GET.get("name", ""),
    })  # fmt: skip


@staff_page(Permission.SEE_METRICS)
@require_GET
def definition(request: StaffRequest, brand: Brand, segment: int) -> HttpResponse:
    found = segment_or_404(brand, segment)
    editable = request.access.may(Permission.EDIT_SEGMENTS)
    packed = request.GET.get("draft", "") if editable else ""
    draft, trouble = _given(packed, found)
    return render(request, "segments/builder.html", {
        **told(draft, brand),
        "trouble": trouble,
        "segment": found,
        "name": found.name,
        "note": found.note,
        "since": found.current.number,
        "readonly": not editable or bool(found.frozen_at or found.archived_at),
    })  # fmt: skip


@staff_page(Permission.EDIT_SEGMENTS)
@require_POST
def draft(request: StaffRequest, brand: Brand) -> HttpResponse:
    """Take one step of building: what a button asks for, done to what the form holds."""
    posted = request.POST
    try:
        found = draft_from(posted, brand)
    except NotATree as error:
        context = {**told(_blank(), brand), **_kept(posted), "trouble": error.problems[0].sentence}
        return _drawn(request, context, status=422)
    steps = steps_of(posted.get("steps", ""))
    steps.note(tree_of(found))
    if posted.get("do") == "save":
        try:
            return save(request, brand, found)
        except NotSaved as refused:
            context = told(found, brand, steps, strict=True) | _kept(posted) | refused.told
            return _drawn(request, context, status=409 if "other" in context else 422)
    found, more = _stepped(posted.get("do", ""), found, steps, brand)
    return _drawn(request, told(found, brand, steps) | _kept(posted) | more)


def _stepped(do: str, draft: Draft, steps: Steps, brand: Brand) -> tuple[Draft, dict[str, Any]]:
    focus, refused = act(do, draft, steps, brand)
    if focus is None:
        return draft_of(steps.trees[steps.at]), {"focus": do}
    steps.note(tree_of(draft))
    return draft, {"focus": focus, "refused": refused}


def _drawn(request: StaffRequest, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    if not request.htmx:  # type: ignore[attr-defined]
        found = revised(request, request.access.brand)
        return render(request, "segments/builder.html", context | {"segment": found}, status=status)
    answer = render(request, "segments/builder.html#tree", context, status=status)
    answer["HX-Replace-Url"] = f"?draft={context['packed']}"
    return answer


def _kept(posted: QueryDict) -> dict[str, Any]:
    """Return what was typed beside the tree."""
    return {name: posted.get(name, "") for name in ("name", "note", "since")}


def told(
    draft: Draft, brand: Brand, steps: Steps | None = None, *, strict: bool = False
) -> dict[str, Any]:
    """Return what the page needs to draw a draft."""
    tree = tree_of(draft)
    if steps is None:
        steps = Steps()
        steps.note(tree)
    return {
        "brand": brand,
        "top": forms_of(draft, brand, wrong_with(draft, brand=brand), strict=strict),
        "steps": steps,
        "packed": pack(tree),
        "menu": condition_menu(brand),
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
        said = " ".join(problem.sentence for problem in error.problems)
        return _blank(), said or _("This draft cannot be read.")


def _blank() -> Draft:
    return Draft(top=DraftGroup(key="n1"))
