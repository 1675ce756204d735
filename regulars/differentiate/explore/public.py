"""Explore's front door: ask any measure by any dimension."""

from regulars.differentiate.explore.answering import Answer, NothingCounted, Row, answer
from regulars.differentiate.explore.catalogue import dimensions, measures
from regulars.differentiate.explore.dimension import OTHERS, UNKNOWN, Dimension
from regulars.differentiate.explore.grains import About
from regulars.differentiate.explore.measure import Distinct, Measure, Part, Sum, Unit
from regulars.differentiate.explore.period import period_told
from regulars.differentiate.explore.question import Condition, Look, Question, question_from
from regulars.differentiate.explore.saving import save_question
from regulars.differentiate.explore.wrong import NotAQuestion

__all__ = [
    "OTHERS",
    "UNKNOWN",
    "About",
    "Answer",
    "Condition",
    "Dimension",
    "Distinct",
    "Look",
    "Measure",
    "NotAQuestion",
    "NothingCounted",
    "Part",
    "Question",
    "Row",
    "Sum",
    "Unit",
    "answer",
    "dimensions",
    "measures",
    "period_told",
    "question_from",
    "save_question",
]
