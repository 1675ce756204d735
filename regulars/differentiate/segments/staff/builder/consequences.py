"""What a draft comes to: how many people, what they are worth, some of them, and the sentence."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from regulars.differentiate.segments.draft import Draft, draft_left, tree_of, without, wrong_with
from regulars.differentiate.segments.ground import NotMeasured
from regulars.differentiate.segments.history import steps_of
from regulars.differentiate.segments.models import Membership, Segment
from regulars.differentiate.segments.packing import drafted, fits_address, pack
from regulars.differentiate.segments.problem import NotATree
from regulars.differentiate.segments.staff.builder.nodes import NodeForm, forms_of
from regulars.differentiate.segments.staff.builder.reading import draft_from, kept
from regulars.differentiate.segments.staff.builder.saving import revised
from regulars.differentiate.segments.staff.people import some_of
from regulars.differentiate.segments.tree import read_tree
from regulars.differentiate.segments.trying import Tried, Weighed, try_tree
from regulars.differentiate.segments.wording import sentence_of
from regulars.lake.public import (
    NeverMirrored,
    NotInTheLake,
    Superseded,
    TookTooLong,
    superseding,
)
from regulars.organization.public import Access, Brand, Permission, StaffRequest, staff_page

LANGUAGES = ("en", "zh-hans")
PATIENCE = 20  # seconds of counting while somebody builds
WAITING = (NotMeasured, NotInTheLake)


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """What stands beside a node: its people, and what is wrong with it."""

    node: NodeForm
    weighed: Weighed | None


@staff_page(Permission.EDIT_SEGMENTS)
@require_POST
def consequences(request: StaffRequest, brand: Brand) -> HttpResponse:
    try:
        draft = draft_from(request.POST, brand, masked=request.access.masked)
    except NotATree as error:
        return render(
            request, "segments/consequences.html#refused", {"sentence": error}, status=422
        )
    steps = steps_of(request.POST.get("steps", ""))
    steps.note(tree_of(draft))
    packed = pack(tree_of(draft))
    segment = revised(request, brand)
    try:
        context = consequences_of(draft, request.access, segment, asker=_asker(request))
    except Superseded:
        return HttpResponse(status=204)
    context |= {"brand": brand, "steps": steps, "packed": packed, "oob": True, "segment": segment}
    context["only_here"] = not fits_address(packed)
    answer = render(request, "segments/consequences.html", context)
    answer["HX-Replace-Url"] = drafted(packed, **kept(request.POST))
    return answer


def consequences_of(
    draft: Draft,
    access: Access,
    segment: Segment | None,
    *,
    asker: str = "",
    masked: bool | None = None,
) -> dict[str, Any]:
    """Return what a draft comes to; conditions that are wrong or unfinished are left out.

    Raises Superseded when the same asker asks again before this is known.
    """
    brand = access.brand
    masked = access.masked if masked is None else masked
    wrong = wrong_with(draft, brand=brand, segment=segment, masked=masked)
    tree = without(draft, set(wrong))
    tried, trouble = (None, "") if tree is None else _tried(tree, access, asker)
    found: dict[str, Any] = {"tried": tried, "trouble": trouble, "left_out": len(wrong)}
    if tree is not None:
        node = read_tree(tree, brand=brand)
        own_first = sorted(LANGUAGES, key=lambda code: code != get_language())
        found["sentences"] = [
            (code, sentence_of(node, brand=brand, language=code)) for code in own_first
        ]
    if tried is not None:
        found |= {"people": some_of(brand, tried.sample, access), **_shares(tried)}
        found |= _changes(tried, segment) if access.branch_ids is None else {}
    forms = forms_of(draft, brand, wrong, masked=masked)
    found["slots"] = _slots(forms, _weights(draft, set(wrong), tried))
    return found


def _asker(request: StaffRequest) -> str:
    """Return who asks: this window of this person, so that windows do not stop each other."""
    window = request.POST.get("window", "")[:40]
    return f"{request.user.pk} {window}" if window else ""


def _tried(tree: dict[str, Any], access: Access, asker: str) -> tuple[Tried | None, str]:
    now, brand, branch_ids = timezone.now(), access.brand, access.branch_ids
    try:
        with superseding(asker, seconds=PATIENCE):
            return try_tree(tree=tree, brand=brand, now=now, branch_ids=branch_ids), ""
    except TookTooLong:
        told = {"seconds": PATIENCE}
        sentence = _(
            "Counting was stopped after %(seconds)s seconds. It can be saved all the same."
        )
        return None, sentence % told
    except NeverMirrored:
        return None, _("Facts have not arrived yet where segments are found. Try in a moment.")
    except WAITING:
        return None, _("What this asks about has not been computed yet. Try in a moment.")
    except NotATree as error:
        return None, error.problems[0].sentence


def _shares(tried: Tried) -> dict[str, Any]:
    """Return what part of everybody they are, and what part of all worth is theirs, in percent."""
    share = 100 * len(tried.people) / tried.everybody if tried.everybody else 0.0
    whole = tried.net_of_all_minor
    worth = None if not whole or tried.net_minor is None else 100 * tried.net_minor / whole
    return {"share": share, "worth": worth, "worth_drawn": min(100.0, max(0.0, worth or 0.0))}


def _changes(tried: Tried, segment: Segment | None) -> dict[str, Any]:
    """Return how many would come and go, against the people the segment has now."""
    if segment is None:
        return {}
    known = Membership.objects.filter(version=segment.current).first()
    if known is None:
        return {}
    before = known.people
    return {
        "entering": tried.people.difference_cardinality(before),
        "leaving": before.difference_cardinality(tried.people),
        "before": len(before),
    }


def _weights(draft: Draft, wrong: set[str], tried: Tried | None) -> dict[str, Weighed]:
    """Return the weights by the keys of nodes: paths shift where nodes were left out."""
    if tried is None:
        return {}
    left = draft_left(draft, wrong)
    return {
        node.key: tried.nodes[path] for node, _above, path in left.walk() if path in tried.nodes
    }


def _slots(top: NodeForm, weights: dict[str, Weighed]) -> list[Slot]:
    found, waiting = [], [top]
    while waiting:
        node = waiting.pop()
        found.append(Slot(node=node, weighed=weights.get(node.key)))
        waiting += node.nodes
    return found
