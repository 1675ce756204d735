"""The segments' front door: say which people are meant; find, count and explain them."""

from regulars.differentiate.segments.asking import (
    Counted,
    Explained,
    Tree,
    count,
    explain,
    members,
    people_at,
    public_ids,
    sample,
    sentence,
)
from regulars.differentiate.segments.evaluation import (
    find_people,
    refresh_segments,
    size_history,
)
from regulars.differentiate.segments.family import (
    Condition,
    Family,
    declare,
    families,
)
from regulars.differentiate.segments.ground import Ground, NotMeasured
from regulars.differentiate.segments.keeping import (
    ChangedMeanwhile,
    Frozen,
    InUse,
    NameTaken,
    NotFoundYet,
    SegmentNotFound,
    archive_segment,
    change_segment,
    copy_segment,
    freeze_segment,
    make_segment,
    rename_segment,
    restore_segment,
    revise_segment,
    segment_called,
    segment_of,
)
from regulars.differentiate.segments.models import (
    Evaluation,
    Membership,
    PeopleList,
    Segment,
    SegmentVersion,
    Trouble,
)
from regulars.differentiate.segments.operators import OPERATORS, Operator, Takes, operators_for
from regulars.differentiate.segments.overlapping import (
    Overlap,
    Part,
    TooMany,
    overlap,
    segments_found,
    segments_of,
)
from regulars.differentiate.segments.overview import Row, overview, overview_of
from regulars.differentiate.segments.people_lists import make_people_list
from regulars.differentiate.segments.problem import NotATree, Problem
from regulars.differentiate.segments.schema import json_schema, schema_text
from regulars.differentiate.segments.tree import Group, Match, Node, read_tree
from regulars.differentiate.segments.uses import Use, finds_uses, used_by, uses_of
from regulars.differentiate.segments.values import Subject, ValueKind
from regulars.differentiate.segments.windows import Window
from regulars.differentiate.segments.wording import say_part

__all__ = [
    "OPERATORS",
    "ChangedMeanwhile",
    "Condition",
    "Counted",
    "Evaluation",
    "Explained",
    "Family",
    "Frozen",
    "Ground",
    "Group",
    "InUse",
    "Match",
    "Membership",
    "NameTaken",
    "Node",
    "NotATree",
    "NotFoundYet",
    "NotMeasured",
    "Operator",
    "Overlap",
    "Part",
    "PeopleList",
    "Problem",
    "Row",
    "Segment",
    "SegmentNotFound",
    "SegmentVersion",
    "Subject",
    "Takes",
    "TooMany",
    "Tree",
    "Trouble",
    "Use",
    "ValueKind",
    "Window",
    "archive_segment",
    "change_segment",
    "copy_segment",
    "count",
    "declare",
    "explain",
    "families",
    "find_people",
    "finds_uses",
    "freeze_segment",
    "json_schema",
    "make_people_list",
    "make_segment",
    "members",
    "operators_for",
    "overlap",
    "overview",
    "overview_of",
    "people_at",
    "public_ids",
    "read_tree",
    "refresh_segments",
    "rename_segment",
    "restore_segment",
    "revise_segment",
    "sample",
    "say_part",
    "schema_text",
    "segment_called",
    "segment_of",
    "segments_found",
    "segments_of",
    "sentence",
    "size_history",
    "used_by",
    "uses_of",
]
