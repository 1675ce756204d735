"""The tree of a segment: all, any or none of conditions, nested; read from JSON and checked."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import Any, TypeAlias, Union

from django.utils.translation import gettext as _

from regulars.differentiate.segments.characters import check_characters
from regulars.differentiate.segments.family import Comparison, Condition, Family, families
from regulars.differentiate.segments.operators import OPERATORS, read_values
from regulars.differentiate.segments.problem import NotATree, Path, Problem, refuse
from regulars.differentiate.segments.values import Subject
from regulars.differentiate.segments.windows import read_window
from regulars.organization.public import Brand

VERSION = 1
DEEPEST, MOST_NODES, MOST_FILTERS = 10, 200, 20
LARGEST = 100_000  # characters of JSON
COMPARED = frozenset({"about", "is", "value"})


class Match(StrEnum):
    """How many of the nodes of a group must hold."""

    ALL = "all"
    ANY = "any"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Nodes of which all, any or none must hold. All and none of no nodes hold for everybody."""

    match: Match
    nodes: tuple["Node", ...]
    path: Path


Node: TypeAlias = Union[Group, Condition]  # noqa: UP007


def read_tree(given: Any, *, brand: Brand, masked: bool = False, to_say: bool = False) -> Node:
    """Read a tree, as JSON or as what JSON stands for. Raises NotATree with every problem found.

    What is personal is refused to who is ``masked``, who may not see personal data. A tree that is
    only ``to_say`` may ask about what was retired.
    """
    tree = loaded(given)
    if not isinstance(tree, Mapping) or not {"version", "match"} >= tree.keys():
        raise refuse((), _("A segment is written as {“version”: 1, “match”: …}."))
    if tree.get("version") != VERSION:
        raise refuse(("version",), _("This version of the format is not known here."))
    check_form(tree.get("match"))
    reader = _Reader(brand, masked=masked, to_say=to_say)
    node = reader.node(tree.get("match"), ("match",))
    if reader.problems or node is None:
        raise NotATree(*reader.problems)
    return node


def conditions_of(node: Node) -> Iterator[Condition]:
    """Give all conditions of a tree, from the first to the last."""
    if isinstance(node, Condition):
        yield node
    else:
        for inner in node.nodes:
            yield from conditions_of(inner)


def read_filters(given: Any, family: Family, *, brand: Brand, path: Path) -> tuple[Comparison, ...]:
    """Take filters on the facts of a family out of JSON. Raises NotATree."""
    return _Reader(brand).filters(given, family, path) if given is not None else ()


def loaded(given: Any) -> Any:
    """Return what JSON stands for, or what is no text as it is. Raises NotATree."""
    if not isinstance(given, str):
        return given
    if len(given) > LARGEST:
        raise refuse((), _("This segment is too large."))
    try:
        return json.loads(given)
    except RecursionError:
        raise refuse((), _("This segment is nested too deeply.")) from None
    except ValueError:
        raise refuse((), _("This is not JSON.")) from None


def read_nothing_deeper(depth: int) -> None:
    """Refuse a node that no limit could still be meant for. Raises NotATree."""
    if depth > 2 * DEEPEST:
        raise refuse((), _("A segment is at most %(limit)s levels deep.") % {"limit": DEEPEST})


def check_form(root: Any) -> None:
    """Refuse what is too deep, too large, or written in characters that cannot be kept.

    It is not descended into by recursion. Raises NotATree.
    """
    waiting: list[tuple[Any, Path]] = [(root, ("match",))]
    seen = 0
    while waiting:
        node, path = waiting.pop()
        seen += 1
        if len(path) > 2 * DEEPEST + 1:
            limit = {"limit": DEEPEST}
            raise refuse(path, _("A segment is at most %(limit)s levels deep.") % limit)
        if seen > MOST_NODES:
            limit = {"limit": MOST_NODES}
            raise refuse(path, _("A segment has at most %(limit)s conditions.") % limit)
        if isinstance(node, Mapping) and not isinstance(node.get("condition"), str):
            for match in Match:
                inner = node.get(match)
                if isinstance(inner, list):
                    waiting += [(one, (*path, match, nth)) for nth, one in enumerate(inner)]
        else:
            check_characters(node, path)


class _Reader:
    """Reads node after node, and gathers what is wrong with each."""

    def __init__(self, brand: Brand, *, masked: bool = False, to_say: bool = False) -> None:
        self.brand, self.masked, self.to_say = brand, masked, to_say
        self.problems: list[Problem] = []
        self._subjects: dict[tuple[str, str], dict[str, Subject]] = {}

    def node(self, given: Any, path: Path) -> Node | None:
        try:
            if isinstance(given, Mapping) and "condition" in given:
                return self._condition(given, path)
            return self._group(given, path)
        except NotATree as error:
            self.problems += error.problems
            return None

    def _group(self, given: Any, path: Path) -> Node:
        if not isinstance(given, Mapping) or len(given) != 1 or not set(given) <= set(Match):
            raise refuse(path, _("A condition, or one of all, any and none, is needed here."))
        [(match, inner)] = given.items()
        if not isinstance(inner, list) or not inner:
            raise refuse((*path, match), _("A list of conditions is needed here."))
        nodes = [self.node(one, (*path, match, nth)) for nth, one in enumerate(inner)]
        found = tuple(node for node in nodes if node is not None)
        return Group(match=Match(match), nodes=found, path=path)

    def _condition(self, given: Mapping[str, Any], path: Path) -> Condition:
        family = families().get(str(given["condition"]))
        if family is None:
            word = {"word": str(given["condition"])[:40]}
            raise refuse((*path, "condition"), _("There are no conditions “%(word)s”.") % word)
        self._check_keys(given, family, path)
        parts = _Parts()
        return parts.together(
            family=family,
            about=parts.read(lambda: self._compared(given, family, path)),
            where=parts.read(
                lambda: self.filters(given.get("where") or [], family, (*path, "where"))
            ),
            window=parts.read(
                lambda: read_window(given.get("window"), (*path, "window"), hours=family.hours)
            ),
            extras={
                extra.name: parts.read(
                    partial(extra.read, given.get(extra.name), self.brand, (*path, extra.name))
                )
                for extra in family.extras
            },
            path=path,
        )

    def _check_keys(self, given: Mapping[str, Any], family: Family, path: Path) -> None:
        known = COMPARED | {"condition"} | {extra.name for extra in family.extras}
        known |= {"where"} if family.filters else set()
        known |= {"window"} if family.windowed else set()
        if unknown := set(given) - known:
            word = {"word": min(str(name) for name in unknown)[:40]}
            raise refuse(path, _("“%(word)s” means nothing in this condition.") % word)

    def filters(self, given: Any, family: Family, path: Path) -> tuple[Comparison, ...]:
        if not isinstance(given, Sequence) or isinstance(given, str) or len(given) > MOST_FILTERS:
            limit = {"limit": MOST_FILTERS}
            raise refuse(path, _("A list of at most %(limit)s filters is needed here.") % limit)
        return tuple(
            self._compared(one, family, (*path, nth), filtering=True)
            for nth, one in enumerate(given)
        )

    def _compared(
        self, given: Any, family: Family, path: Path, *, filtering: bool = False
    ) -> Comparison:
        if not isinstance(given, Mapping) or (filtering and not set(given) <= COMPARED):
            raise refuse(path, _("A filter is written as {“about”: …, “is”: …, “value”: …}."))
        subject = self._subject(given.get("about"), family, (*path, "about"), filtering=filtering)
        operator = OPERATORS.get(str(given.get("is")))
        if operator is None or subject.kind not in operator.kinds:
            fits = ", ".join(key for key, one in OPERATORS.items() if subject.kind in one.kinds)
            raise refuse((*path, "is"), _("Compare it by one of: %(known)s.") % {"known": fits})
        values = read_values(given.get("value"), operator, subject, (*path, "value"))
        return Comparison(subject=subject, operator=operator, values=values)

    def _subject(self, key: Any, family: Family, path: Path, *, filtering: bool) -> Subject:
        listed = self._listed(family, filtering=filtering)
        found = listed.get(str(key))
        lookup = family.filter if filtering else family.subject
        if found is None and lookup is not None and isinstance(key, str):
            found = lookup(self.brand, key)
        if found is None:
            retired = family.retired(self.brand, str(key)) if family.retired else None
            if retired and self.to_say:
                return retired
            word = {"word": str(retired.label if retired else key)[:120]}
            raise refuse(path, _("“%(word)s” is nothing one can ask about here.") % word)
        if found.personal and self.masked:
            raise refuse(path, _("Your role does not see this."))
        return found

    def _listed(self, family: Family, *, filtering: bool) -> dict[str, Subject]:
        kind = (family.key, "filters" if filtering else "subjects")
        if kind not in self._subjects:
            listed = (family.filters if filtering else family.subjects) or (lambda _brand: ())
            self._subjects[kind] = {one.key: one for one in listed(self.brand)}
        return self._subjects[kind]


class _Parts:
    """The parts of one condition, read one by one, so that each can say what is wrong with it."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def read(self, part: Callable[[], Any]) -> Any:
        try:
            return part()
        except NotATree as error:
            self.problems += error.problems
            return None

    def together(self, **parts: Any) -> Condition:
        if self.problems:
            raise NotATree(*self.problems)
        return Condition(**parts)
