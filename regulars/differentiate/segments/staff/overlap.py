"""How up to five segments overlap, what is in each part, and what can be made of it."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from regulars.differentiate.segments.keeping import (
    LONGEST_NAME,
    NameTaken,
    make_segment,
    segment_called,
)
from regulars.differentiate.segments.models import Segment
from regulars.differentiate.segments.overlapping import (
    MOST,
    overlap,
    segments_found,
    tree_of,
)
from regulars.differentiate.segments.overview import Row, overview
from regulars.differentiate.segments.problem import NotATree
from regulars.differentiate.segments.staff.crossing import (
    Crossing,
    drawn,
    finding,
    part_rows,
    percent,
    two_by_two,
)
from regulars.differentiate.segments.staff.reach import among_for
from regulars.differentiate.segments.wording import say_part
from regulars.organization.public import (
    Brand,
    Permission,
    StaffRequest,
    export_table,
    staff_page,
)
from regulars.ui.upset import MOST_PARTS


@staff_page(Permission.SEE_METRICS)
def overlapping(request: StaffRequest, brand: Brand) -> HttpResponse:
    asked = _numbers(request.GET, "segment")
    rows = _chosen(request, brand, asked)
    context: dict[str, Any] = {
        "brand": brand,
        "chosen": rows,
        "not_found": [row.segment for row in rows if row.size is None],
        "too_many": len(asked) > MOST,
        "offered": segments_found(brand=brand),
        "numbers": [row.segment.pk for row in rows],
        "scoped": request.access.branch_ids is not None,
    }
    if crossing := _crossing(request, brand, rows):
        context |= {
            "finding": finding(crossing),
            "chart": drawn(crossing),
            "parts": part_rows(crossing),
            "most_parts": MOST_PARTS,
            "pairs": two_by_two(crossing),
            "may_export": request.access.may(Permission.EXPORT),
            "may_save": request.access.may(Permission.EDIT_SEGMENTS),
        }
    return render(request, "segments/overlap.html", context)


@staff_page(Permission.EXPORT)
def overlap_file(request: StaffRequest, brand: Brand) -> HttpResponseBase:
    asked = _numbers(request.GET, "segment")
    crossing = _crossing(request, brand, _chosen(request, brand, asked))
    if crossing is None:
        return redirect("segments:overlap", brand.slug)
    return export_table(
        request,
        "overlap",
        [*(one.name for one in crossing.segments), _("people"), _("share")],
        _lines(crossing),
        subject_kind="figures",
        detail={"list": "overlap", "segments": [one.pk for one in crossing.segments]},
    )


@staff_page(Permission.EDIT_SEGMENTS)
@require_POST
def overlap_segment(request: StaffRequest, brand: Brand) -> HttpResponse:
    """Keep one part as a segment; one of that name is the same part, kept before."""
    inside, outside = (_numbers(request.POST, name) for name in ("inside", "outside"))
    named = dict(Segment.objects.of(brand).in_use().values_list("pk", "name"))
    within, without = ([named.get(pk, "?") for pk in part] for part in (inside, outside))
    name = say_part(within, without)[:LONGEST_NAME]
    tree, now = tree_of(inside=inside, outside=outside), timezone.now()
    try:
        made = make_segment(brand=brand, name=name, tree=tree, by=request.access, now=now)
    except NotATree as error:
        messages.error(request, str(error))
        chosen = "&".join(f"segment={pk}" for pk in (*inside, *outside))
        return redirect(f"{reverse('segments:overlap', args=[brand.slug])}?{chosen}")
    except NameTaken:
        messages.info(request, _("There is a segment of this name already."))
        made = segment_called(brand=brand, name=name)
    return redirect("segments:segment", brand.slug, made.pk)


def _numbers(query: QueryDict, name: str) -> list[int]:
    texts = dict.fromkeys(query.getlist(name))
    return [int(text) for text in texts if text.isdecimal() and len(text) < 10]


def _chosen(request: StaffRequest, brand: Brand, asked: Sequence[int]) -> list[Row]:
    """Return what is known of the segments asked for, the largest first."""
    rows = overview(
        brand=brand,
        language=request.LANGUAGE_CODE,
        now=timezone.now(),
        among=among_for(request.access),
        only=asked[:MOST],
    )
    return sorted(rows, key=lambda row: -(row.size or 0))


def _crossing(request: StaffRequest, brand: Brand, rows: Sequence[Row]) -> Crossing | None:
    """Cross the segments whose people were found; None when there are not two."""
    known = [row.segment for row in rows if row.size is not None]
    if len(known) < 2:
        return None
    found = overlap(segments=known, among=among_for(request.access))
    return Crossing(brand=brand, segments=known, overlap=found)


def _lines(crossing: Crossing) -> Iterator[list[str | int]]:
    for part in crossing.overlap.parts:
        inside = [_("yes") if one.pk in part.inside else _("no") for one in crossing.segments]
        yield [*inside, part.people, percent(part.people, crossing.overlap.everybody)]
