from regulars.differentiate.segments.models.membership import Evaluation, Membership, Trouble
from regulars.differentiate.segments.models.people_list import PeopleList
from regulars.differentiate.segments.models.segment import Reference, Segment, SegmentVersion

__all__ = [
    "Evaluation",
    "Membership",
    "PeopleList",
    "Reference",
    "Segment",
    "SegmentVersion",
    "Trouble",
]
