"""Which segments name which lists of people."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from regulars.differentiate.segments.models import Segment, SegmentVersion
from regulars.differentiate.segments.tree import Match
from regulars.organization.public import Brand

FAMILY = "list"


def segments_naming(brand: Brand) -> Mapping[int, Sequence[Segment]]:
    """Return the segments in use whose newest version names a list, by the list.

    Trees are looked through as they are written: one that cannot be understood any more names its
    lists all the same.
    """
    found: dict[int, list[Segment]] = defaultdict(list)
    newest = SegmentVersion.objects.newest().select_related("segment__brand")
    in_use = Segment.objects.of(brand).in_use()
    for version in newest.filter(segment__in=in_use).order_by("segment__name"):
        for number in set(_named(version.tree.get("match"))):
            found[number].append(version.segment)
    return found


def _named(root: Any) -> Iterator[int]:
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if not isinstance(node, Mapping):
            continue
        if node.get("condition") == FAMILY and str(node.get("about")).isdecimal():
            yield int(node["about"])
        waiting += [inner for match in Match for inner in node.get(match, ())]
