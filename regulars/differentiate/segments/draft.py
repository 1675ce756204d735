"""A tree while it is being built: it may be unfinished, and its nodes have keys of their own."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias, Union

from django.utils.translation import gettext as _

from regulars.differentiate.segments.family import families
from regulars.differentiate.segments.models import Segment
from regulars.differentiate.segments.problem import NotATree, Path, refuse
from regulars.differentiate.segments.references import refuse_circles
from regulars.differentiate.segments.tree import (
    DEEPEST,
    VERSION,
    Match,
    check_form,
    loaded,
    read_tree,
)
from regulars.organization.public import Brand

TOP = ("match",)


@dataclass(slots=True, kw_only=True)
class DraftCondition:
    """A condition as it was told so far, in the form it has in JSON."""

    key: str
    told: dict[str, Any]


@dataclass(slots=True, kw_only=True)
class DraftGroup:
    """A group that may still be empty."""

    key: str
    match: Match = Match.ALL
    nodes: list["DraftNode"] = field(default_factory=list)


DraftNode: TypeAlias = Union[DraftGroup, DraftCondition]  # noqa: UP007


@dataclass(slots=True, kw_only=True)
class Draft:
    """A tree under a group that is always there."""

    top: DraftGroup

    def walk(self) -> Iterator[tuple[DraftNode, DraftGroup | None, Path]]:
        """Give each node with the group it stands in and its path, from the first to the last."""
        waiting: list[tuple[DraftNode, DraftGroup | None, Path]] = [(self.top, None, TOP)]
        while waiting:
            node, above, path = waiting.pop()
            yield node, above, path
            if isinstance(node, DraftGroup):
                inner = [(*path, node.match, nth) for nth in range(len(node.nodes))]
                waiting += reversed(
                    [(one, node, at) for one, at in zip(node.nodes, inner, strict=True)]
                )

    def find(self, key: str) -> tuple[DraftNode, DraftGroup | None] | None:
        """Return the node of a key and the group it stands in."""
        for node, above, _path in self.walk():
            if node.key == key:
                return node, above
        return None

    def new_key(self) -> str:
        """Return a key that no node has."""
        used = [int(node.key[1:]) for node, _above, _path in self.walk()]
        return f"n{max(used) + 1}"

    @property
    def conditions(self) -> int:
        return sum(isinstance(node, DraftCondition) for node, _above, _path in self.walk())


def draft_of(tree: Any) -> Draft:
    """Return a draft of a tree, finished or not. Raises NotATree when it is none at all."""
    told = loaded(tree)
    match = told.get("match") if isinstance(told, Mapping) else None
    check_form(match)
    grouped = isinstance(match, Mapping) and any(isinstance(match.get(m), list) for m in Match)
    if not grouped or "condition" in (match or {}):
        match = {"all": [match] if match else []}
    root = _node(match, TOP, iter(range(1, 10_000)))
    return Draft(top=root if isinstance(root, DraftGroup) else DraftGroup(key="n1"))


def tree_of(draft: Draft) -> dict[str, Any]:
    """Return what a draft says so far, as JSON."""
    return {"version": VERSION, "match": _told(draft.top)}


def wrong_with(
    draft: Draft, *, brand: Brand, segment: Segment | None = None, masked: bool = False
) -> dict[str, dict[Path, str]]:
    """Return what is wrong with each node, by its key and then by the place inside it.

    ``segment`` is the one that the draft is to change; who builds may be ``masked``, and not see
    personal data.
    """
    if not draft.top.nodes:
        return {}
    try:
        node = read_tree(tree_of(draft), brand=brand, masked=masked)
        if segment is not None:
            refuse_circles(segment, node)
    except NotATree as error:
        return placed(error, draft)
    return {}


def placed(error: NotATree, draft: Draft) -> dict[str, dict[Path, str]]:
    """Tell which node each problem of a tree belongs to: the innermost that it lies in."""
    paths = {path: node.key for node, _above, path in draft.walk()}
    found: dict[str, dict[Path, str]] = {}
    for problem in error.problems:
        length = len(problem.path)
        while length and problem.path[:length] not in paths:
            length -= 1
        key = paths.get(problem.path[:length], draft.top.key)
        found.setdefault(key, {})[problem.path[length:]] = problem.sentence
    return found


def without(draft: Draft, keys: set[str]) -> dict[str, Any] | None:
    """Return the tree without the conditions of some keys, and None when nothing is left."""
    left = draft_left(draft, keys)
    return tree_of(left) if left.top.nodes else None


def draft_left(draft: Draft, keys: set[str]) -> Draft:
    """Return a draft without the conditions of some keys, nor groups that are empty then."""
    return Draft(top=_left(draft.top, keys))


def deeper(above: DraftGroup, draft: Draft) -> None:
    """Make sure that a group may hold another one. Raises NotATree."""
    depth = next(len(path) // 2 for node, _up, path in draft.walk() if node is above)
    if depth >= DEEPEST:
        raise refuse((), _("A segment is at most %(limit)s levels deep.") % {"limit": DEEPEST})


def _node(given: Any, path: Path, counter: Iterator[int]) -> DraftNode:
    key = f"n{next(counter)}"
    told = given if isinstance(given, Mapping) else {}
    if "condition" not in told:
        for match in Match:
            if isinstance(told.get(match), list):
                nodes = [
                    _node(one, (*path, match, nth), counter) for nth, one in enumerate(told[match])
                ]
                return DraftGroup(key=key, match=match, nodes=nodes)
    _check_parts(told, path)
    return DraftCondition(key=key, told=dict(told))


def _check_parts(told: Mapping[str, Any], path: Path) -> None:
    """Refuse parts that no form could show. Raises NotATree."""
    family = families().get(str(told.get("condition")))
    steps = [extra.name for extra in family.extras if extra.shape == "step"] if family else []
    made_of = {"condition": str, "about": str, "is": str, "window": Mapping, "where": list}
    for name, kind in (made_of | dict.fromkeys(steps, Mapping)).items():
        if name in told and not isinstance(told[name], kind):
            raise refuse((*path, name), _("This cannot be read."))
    for nth, one in enumerate(told.get("where", ())):
        if not isinstance(one, Mapping):
            raise refuse((*path, "where", nth), _("This cannot be read."))
        _check_parts(one, (*path, "where", nth))
    for name in steps:
        _check_parts(told.get(name, {}), (*path, name))


def _told(node: DraftNode) -> dict[str, Any]:
    if isinstance(node, DraftCondition):
        return node.told
    return {str(node.match): [_told(one) for one in node.nodes]}


def _left(group: DraftGroup, keys: set[str]) -> DraftGroup:
    nodes: list[DraftNode] = []
    for one in group.nodes:
        if isinstance(one, DraftGroup):
            inner = _left(one, keys)
            nodes += [inner] if inner.nodes else []
        elif one.key not in keys:
            nodes.append(one)
    return DraftGroup(key=group.key, match=group.match, nodes=nodes)
