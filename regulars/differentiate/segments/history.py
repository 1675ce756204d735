"""The steps of building a tree: what it said before, and what it said before that was undone."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from regulars.differentiate.segments.packing import pack, unpack
from regulars.differentiate.segments.problem import NotATree

MOST = 60
Told = Mapping[str, Any]


@dataclass(slots=True, kw_only=True)
class Steps:
    """Trees, the oldest first, and which of them is the present one."""

    trees: list[Told] = field(default_factory=list)
    at: int = -1

    def note(self, tree: Told) -> None:
        """Take a tree as the present one; what was undone before is gone with another step."""
        if self.trees and self.trees[self.at] == tree:
            return
        self.trees = [*self.trees[: self.at + 1], tree][-MOST:]
        self.at = len(self.trees) - 1

    def back(self) -> Told:
        """Return to the tree before, if there is one."""
        self.at = max(0, self.at - 1)
        return self.trees[self.at]

    def forward(self) -> Told:
        """Return to the tree that was undone last, if there is one."""
        self.at = min(len(self.trees) - 1, self.at + 1)
        return self.trees[self.at]

    @property
    def may_undo(self) -> bool:
        return self.at > 0

    @property
    def may_redo(self) -> bool:
        return self.at + 1 < len(self.trees)

    @property
    def packed(self) -> str:
        return pack({"trees": self.trees, "at": self.at})


def steps_of(packed: str) -> Steps:
    """Return the steps that travelled in a form; none when they cannot be read."""
    try:
        told = unpack(packed) if packed else {}
    except NotATree:
        told = {}
    trees = told.get("trees") if isinstance(told, dict) else None
    at = told.get("at") if isinstance(told, dict) else None
    if not isinstance(trees, list) or not all(isinstance(tree, dict) for tree in trees):
        return Steps()
    if not isinstance(at, int) or not 0 <= at < len(trees):
        return Steps()
    return Steps(trees=list(trees[:MOST]), at=min(at, MOST - 1))
