"""The segments' front door: say which people are meant; find, count and explain them."""

from regulars.differentiate.segments.asking import (
    Counted,
    Explained,
    Tree,
    count,
    explain,
    members,
    sample,
    sentence,
)
from regulars.differentiate.segments.family import (
    Condition,
    Family,
    declare,
    families,
)
from regulars.differentiate.segments.ground import Ground, NotMeasured
from regulars.differentiate.segments.operators import OPERATORS, Operator, Takes, operators_for
from regulars.differentiate.segments.problem import NotATree, Problem
from regulars.differentiate.segments.tree import Group, Match, Node, read_tree
from regulars.differentiate.segments.values import Subject, ValueKind
from regulars.differentiate.segments.windows import Window

__all__ = [
    "OPERATORS",
    "Condition",
    "Counted",
    "Explained",
    "Family",
    "Ground",
    "Group",
    "Match",
    "Node",
    "NotATree",
    "NotMeasured",
    "Operator",
    "Problem",
    "Subject",
    "Takes",
    "Tree",
    "ValueKind",
    "Window",
    "count",
    "declare",
    "explain",
    "families",
    "members",
    "operators_for",
    "read_tree",
    "sample",
    "sentence",
]
