"""Say and draw how segments overlap."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from regulars.differentiate.segments.models import Segment
from regulars.differentiate.segments.overlapping import Overlap
from regulars.differentiate.segments.wording import say_part
from regulars.organization.public import Brand
from regulars.ui import upset
from regulars.ui.charts import Axis, Chart, Unit

HEAT_STEPS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Crossing:
    """Segments, the largest first, and how they overlap."""

    brand: Brand
    segments: Sequence[Segment]
    overlap: Overlap

    def beside(self, inside: Sequence[int]) -> list[Segment]:
        """Return the others."""
        return [one for one in self.segments if one.pk not in inside]

    def named(self, inside: Sequence[int]) -> list[str]:
        return [one.name for one in self.segments if one.pk in inside]

    def people_url(self, inside: Sequence[int], outside: Sequence[int] = ()) -> str:
        """Return the address of the list of customers who are inside these and outside those."""
        segments = ",".join([*map(str, inside), *(f"-{pk}" for pk in outside)])
        page = reverse("staff:customers", args=[self.brand.slug])
        return f"{page}?{urlencode({'segment': segments})}"


def finding(crossing: Crossing) -> str:
    """Say how many are in more than one."""
    found = crossing.overlap
    several = sum(part.people for part in found.parts if len(part.inside) > 1)
    if not several:
        return _("Nobody is in more than one of them")
    return _("%(several)s of %(everybody)s people are in more than one of them, %(share)s") % {
        "several": number_format(several, force_grouping=True),
        "everybody": number_format(found.everybody, force_grouping=True),
        "share": percent(several, found.everybody),
    }


def drawn(crossing: Crossing) -> Chart | None:
    """Draw the parts; None when there is nobody."""
    if not crossing.overlap.parts:
        return None
    places = {segment.pk: place for place, segment in enumerate(crossing.segments)}
    sets = [
        upset.Set(name=one.name, size=crossing.overlap.shared[one.pk, one.pk])
        for one in crossing.segments
    ]
    parts = [
        upset.Part(
            name=_only(crossing, part.inside),
            inside=[places[pk] for pk in part.inside],
            size=part.people,
        )
        for part in crossing.overlap.parts
    ]
    return upset.upset(sets, parts, of=_("in exactly these"), size=_("people"))


def part_rows(crossing: Crossing) -> list[dict[str, Any]]:
    """Return the parts as the page lists them; one that names an archived segment is not kept."""
    archived = any(not one.in_use for one in crossing.segments)
    rows = []
    for part in crossing.overlap.parts:
        outside = [one.pk for one in crossing.beside(part.inside)]
        rows.append(
            {
                "name": _only(crossing, part.inside),
                "people": part.people,
                "share": percent(part.people, crossing.overlap.everybody),
                "url": crossing.people_url(part.inside, outside),
                "inside": part.inside,
                "outside": outside,
                "keepable": not archived,
            }
        )
    return rows


def two_by_two(crossing: Crossing) -> list[dict[str, Any]]:
    """Return for each segment which share of its people is in each of the others, too."""
    shared = crossing.overlap.shared
    return [
        {
            "name": one.name,
            "cells": [
                None
                if one == other
                else {
                    "text": percent(shared[one.pk, other.pk], shared[one.pk, one.pk]),
                    "heat": _heat(shared[one.pk, other.pk], shared[one.pk, one.pk]),
                    "url": crossing.people_url([one.pk, other.pk]),
                }
                for other in crossing.segments
            ],
        }
        for one in crossing.segments
    ]


def percent(part: int, whole: int) -> str:
    """Write a part as per cent of a whole; a dash of nothing."""
    return Axis(name="", unit=Unit.PERCENT).say(part / whole) if whole else "–"


def _only(crossing: Crossing, inside: Sequence[int]) -> str:
    named = crossing.named(inside)
    if len(named) == len(crossing.segments) > 1:
        return _("in all of them")
    if len(named) == 1:
        return _("only %(segment)s") % {"segment": named[0]}
    return say_part(named)


def _heat(part: int, whole: int) -> int:
    return round(HEAT_STEPS * part / whole) if whole else 0
