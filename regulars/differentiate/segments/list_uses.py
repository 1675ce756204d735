"""Which segments name which lists of people."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

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
        for key in set(asked_about(version, FAMILY)):
            if key.isdecimal():
                found[int(key)].append(version.segment)
    return found


def asked_about(version: SegmentVersion, family: str) -> Iterator[str]:
    """Give what the conditions of a family are about, as they are written."""
    waiting = [version.tree.get("match")]
    while waiting:
        node = waiting.pop()
        if not isinstance(node, Mapping):
            continue
        if node.get("condition") == family:
            yield str(node.get("about"))
        waiting += [inner for match in Match for inner in node.get(match, ())]
