"""Which segments name which: no segment may contain itself, by whatever detour."""

from collections import defaultdict

from django.utils.translation import gettext as _

from regulars.differentiate.segments.models import Reference, Segment, SegmentVersion
from regulars.differentiate.segments.problem import NotATree, Path, Problem
from regulars.differentiate.segments.tree import Node, conditions_of, read_tree
from regulars.organization.public import Brand

FAMILY = "segment"


def named_in(node: Node) -> dict[int, Path]:
    """Return the segments that a tree names, each with the first place where it does."""
    found: dict[int, Path] = {}
    for condition in conditions_of(node):
        if condition.family.key == FAMILY:
            found.setdefault(int(condition.about.subject.key), (*condition.path, "about"))
    return found


def refuse_circles(segment: Segment, node: Node) -> None:
    """Make sure that a tree does not lead a segment back to itself. Raises NotATree."""
    named = named_in(node)
    if not named:
        return
    graph = _graph(segment.brand)
    circles = [
        path
        for number, path in named.items()
        if number == segment.pk or segment.pk in _reached(graph, number)
    ]
    if circles:
        sentence = _("This segment would contain itself.")
        raise NotATree(*(Problem(path, sentence) for path in circles))


def refuse_circle_through(segment: Segment) -> None:
    """Make sure that a segment, as it was kept, does not lead back to itself. Raises NotATree."""
    if segment.pk in _reached(_graph(segment.brand), segment.pk):
        refuse_circles(segment, read_tree(segment.current.tree, brand=segment.brand))


def versions_used(segment: Segment) -> dict[int, int]:
    """Return the newest version of the segment and of all that it names, by segment."""
    reached = {segment.pk, *_reached(_graph(segment.brand), segment.pk)}
    newest = SegmentVersion.objects.newest().filter(segment__in=reached)
    return dict(newest.values_list("segment_id", "pk"))


def _graph(brand: Brand) -> dict[int, set[int]]:
    newest = SegmentVersion.objects.newest().filter(segment__brand=brand)
    graph: dict[int, set[int]] = defaultdict(set)
    pairs = Reference.objects.filter(version__in=newest).values_list(
        "version__segment_id", "named_id"
    )
    for naming, named in pairs:
        graph[naming].add(named)
    return graph


def _reached(graph: dict[int, set[int]], start: int) -> set[int]:
    seen: set[int] = set()
    waiting = list(graph.get(start, ()))
    while waiting:
        here = waiting.pop()
        if here not in seen:
            seen.add(here)
            waiting += graph.get(here, ())
    return seen
