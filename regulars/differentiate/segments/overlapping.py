"""How segments overlap: who is in exactly which of them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from django.db.models import Q
from pyroaring import BitMap

from regulars.differentiate.segments.keeping import NotFoundYet
from regulars.differentiate.segments.models import Membership, Segment, SegmentVersion
from regulars.differentiate.segments.references import FAMILY
from regulars.organization.public import Brand

MOST = 5


class TooMany(ValueError):
    """More segments than can be looked at together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The people who are inside exactly these segments of those looked at, and no other."""

    inside: tuple[int, ...]
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlap:
    """``parts`` make up everybody in any of the segments, the largest first; none is empty.

    ``shared`` counts who is in both of two segments, and in one where the two are the same.
    """

    parts: tuple[Part, ...]
    shared: dict[tuple[int, int], int]
    everybody: int


def overlap(*, segments: Sequence[Segment], among: BitMap | None = None) -> Overlap:
    """Tell how up to five segments overlap, ``among`` some people only or all.

    Raises TooMany, NotFoundYet.
    """
    if len(segments) > MOST:
        raise TooMany(len(segments))
    people = {segment.pk: _people(segment, among) for segment in segments}
    whole = BitMap.union(*people.values()) if people else BitMap()
    parts = []
    for choice in product((True, False), repeat=len(people)):
        if any(choice):
            inside = tuple(pk for pk, chosen in zip(people, choice, strict=True) if chosen)
            parts.append(Part(inside=inside, people=len(_exactly(people, inside))))
    parts = sorted((part for part in parts if part.people), key=lambda part: -part.people)
    shared = {
        (one, other): people[one].intersection_cardinality(people[other])
        for one in people
        for other in people
    }
    return Overlap(parts=tuple(parts), shared=shared, everybody=len(whole))


def tree_of(*, inside: Sequence[int], outside: Sequence[int]) -> dict[str, Any]:
    """Write down as a tree who is in all segments of ``inside`` and in none of ``outside``."""
    nodes: list[dict[str, Any]] = [_named(pk) for pk in inside]
    if outside:
        nodes.append({"none": [_named(pk) for pk in outside]})
    return {"version": 1, "match": nodes[0] if len(nodes) == 1 else {"all": nodes}}


def _named(pk: int) -> dict[str, Any]:
    return {"condition": FAMILY, "about": str(pk), "is": "yes"}


def segments_of(*, brand: Brand, customer_id: int) -> list[Segment]:
    """Return the segments in use in which a customer was last found, by name."""
    newest = SegmentVersion.objects.newest().filter(
        segment__in=Segment.objects.of(brand).in_use(), membership__isnull=False
    )
    found = newest.select_related("segment", "membership").order_by("segment__name")
    return [version.segment for version in found if customer_id in version.membership.people]


def segments_found(*, brand: Brand, also: Collection[int] = ()) -> list[Segment]:
    """Return the segments in use, and ``also`` others, whose people were found, by name."""
    newest = SegmentVersion.objects.newest().filter(membership__isnull=False)
    wanted = Q(archived_at=None) | Q(pk__in=also)
    found = Segment.objects.of(brand).filter(wanted, versions__in=newest)
    return list(found.order_by("name"))


def _people(segment: Segment, among: BitMap | None) -> BitMap:
    found = Membership.objects.filter(version=segment.current).first()
    if found is None:
        raise NotFoundYet(segment.name)
    return found.people if among is None else found.people & among


def _exactly(people: dict[int, BitMap], inside: tuple[int, ...]) -> BitMap:
    within = BitMap.intersection(*(people[pk] for pk in inside))
    outside = [bitmap for pk, bitmap in people.items() if pk not in inside]
    return within - BitMap.union(*outside) if outside else within
