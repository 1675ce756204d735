"""What one can do to a draft: add, move, group, turn round, repeat and take away its nodes."""

from collections.abc import Callable
from copy import deepcopy

from django.utils.translation import gettext as _

from regulars.differentiate.segments.draft import (
    Draft,
    DraftCondition,
    DraftGroup,
    DraftNode,
    deeper,
)
from regulars.differentiate.segments.problem import refuse
from regulars.differentiate.segments.starting import fresh
from regulars.differentiate.segments.tree import MOST_NODES, Match
from regulars.organization.public import Brand


def add_condition(
    draft: Draft, key: str, *, family: str, brand: Brand, masked: bool = False
) -> str:
    """Add a condition of a family to a group and return its key. Raises NotATree."""
    told = fresh(family, brand, masked=masked)
    return _add(draft, key, DraftCondition(key=draft.new_key(), told=told))


def add_group(draft: Draft, key: str, *, match: Match) -> str:
    """Add an empty group to a group and return its key. Raises NotATree."""
    found = draft.find(key)
    if found and isinstance(found[0], DraftGroup):
        deeper(found[0], draft)
    return _add(draft, key, DraftGroup(key=draft.new_key(), match=match))


def remove(draft: Draft, key: str) -> str:
    """Take a node away and return the key of what stands in its place, or else above."""
    node, above = _inside(draft, key)
    place = above.nodes.index(node)
    above.nodes.remove(node)
    return above.nodes[min(place, len(above.nodes) - 1)].key if above.nodes else above.key


def duplicate(draft: Draft, key: str) -> str:
    """Put a node once more behind itself and return the key of the new one. Raises NotATree."""
    node, above = _inside(draft, key)
    _room(draft, node)
    again = deepcopy(node)
    number = int(draft.new_key()[1:])
    for nth, (one, _above, _path) in enumerate(
        Draft(top=DraftGroup(key="n0", nodes=[again])).walk()
    ):
        if nth:
            one.key = f"n{number + nth}"
    above.nodes.insert(above.nodes.index(node) + 1, again)
    return again.key


def wrap(draft: Draft, key: str, *, match: Match = Match.ANY) -> str:
    """Put a node into a group of its own and return the group's key. Raises NotATree."""
    node, above = _inside(draft, key)
    deeper(above, draft)
    group = DraftGroup(key=draft.new_key(), match=match, nodes=[node])
    above.nodes[above.nodes.index(node)] = group
    return group.key


def unwrap(draft: Draft, key: str) -> str:
    """Put the nodes of a group in its place."""
    node, above = _inside(draft, key)
    if not isinstance(node, DraftGroup):
        return key
    place = above.nodes.index(node)
    above.nodes[place : place + 1] = node.nodes
    return node.nodes[0].key if node.nodes else above.key


def negate(draft: Draft, key: str) -> str:
    """Turn a node into its opposite, and return the key of what then stands there.

    Any and none are each other's opposite; a single thing that is negated twice is itself again.
    """
    found = draft.find(key)
    node = found[0] if found else draft.top
    if isinstance(node, DraftGroup) and node.match != Match.ALL:
        if node.match == Match.NONE and len(node.nodes) == 1 and node is not draft.top:
            return unwrap(draft, key)
        node.match = Match.ANY if node.match == Match.NONE else Match.NONE
        return key
    if node is draft.top:
        draft.top = DraftGroup(key=draft.new_key(), match=Match.NONE, nodes=[draft.top])
        return draft.top.key
    return wrap(draft, key, match=Match.NONE)


def move_up(draft: Draft, key: str) -> str:
    """Move a node before what stands before it: into a group there, or out of its own."""
    return _move(draft, key, step=-1)


def move_down(draft: Draft, key: str) -> str:
    """Move a node behind what stands behind it: into a group there, or out of its own."""
    return _move(draft, key, step=1)


MOVES: dict[str, Callable[[Draft, str], str]] = {
    "remove": remove,
    "copy": duplicate,
    "wrap": wrap,
    "unwrap": unwrap,
    "negate": negate,
    "up": move_up,
    "down": move_down,
}


def _add(draft: Draft, key: str, node: DraftNode) -> str:
    found = draft.find(key)
    group = found[0] if found and isinstance(found[0], DraftGroup) else draft.top
    _room(draft, node)
    group.nodes.append(node)
    return node.key


def _room(draft: Draft, more: DraftNode) -> None:
    size = sum(1 for _each in draft.walk())
    size += sum(1 for _each in Draft(top=DraftGroup(key="n0", nodes=[more])).walk()) - 1
    if size > MOST_NODES:
        limit = {"limit": MOST_NODES}
        raise refuse((), _("A segment has at most %(limit)s conditions.") % limit)


def _inside(draft: Draft, key: str) -> tuple[DraftNode, DraftGroup]:
    found = draft.find(key)
    if found is None or found[1] is None:
        raise refuse((), _("This part of the segment is no longer there."))
    return found[0], found[1]


def _move(draft: Draft, key: str, *, step: int) -> str:
    node, above = _inside(draft, key)
    place = above.nodes.index(node)
    if 0 <= place + step < len(above.nodes):
        beside = above.nodes[place + step]
        above.nodes.remove(node)
        if isinstance(beside, DraftGroup):
            beside.nodes.insert(len(beside.nodes) if step < 0 else 0, node)
        else:
            above.nodes.insert(place + step, node)
        return key
    outer = draft.find(above.key)
    if outer and outer[1] is not None:
        above.nodes.remove(node)
        place = outer[1].nodes.index(above)
        outer[1].nodes.insert(place if step < 0 else place + 1, node)
    return key
