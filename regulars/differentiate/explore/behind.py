"""Open a figure down to the people and the orders behind it."""

from dataclasses import dataclass, replace
from datetime import datetime

from regulars.differentiate.explore.answering import Answer, Row, answer
from regulars.differentiate.explore.catalogue import common_dimensions
from regulars.differentiate.explore.dimension import OTHERS, Dimension
from regulars.differentiate.explore.question import Condition, Question, check
from regulars.differentiate.explore.wrong import NotAQuestion
from regulars.organization.public import Branches, Brand

CUSTOMER, ORDER = "customer", "order"


@dataclass(frozen=True, slots=True, kw_only=True)
class Behind:
    """Those behind a figure: who brings most of it first."""

    answer: Answer
    each: Dimension
    rows: tuple[Row, ...]
    more: bool

    @property
    def ids(self) -> list[int]:
        return [int(row.keys[0]) for row in self.rows if row.keys[0].isdecimal()]


def can_open(question: Question, key: str) -> bool:
    """Whether the first measure can be told by each customer, or by each order."""
    try:
        check(_by_each(question, key))
    except NotAQuestion:
        return False
    return True


def behind(
    question: Question,
    key: str,
    *,
    brand: Brand,
    branch_ids: Branches,
    now: datetime,
    most: int,
    after: int = 0,
) -> Behind:
    """Return the ``most`` customers, or orders, with the largest figures of a narrowed question,
    ``after`` so many. People nobody knows stand together where their figure places them.

    Raises NotAQuestion, NothingCounted.
    """
    each = _by_each(question, key)
    check(each)
    found = answer(each, brand=brand, branch_ids=branch_ids, now=now, most=after + most + 1)
    name = each.measures[0].key
    rows = sorted(found.rows, key=lambda row: (-(row.figures[name] or 0.0), row.keys))
    page = tuple(rows[after : after + most])
    return Behind(answer=found, each=each.by[0], rows=page, more=len(rows) > after + most)


def narrowed_to(question: Question, keys: tuple[str, ...], listed: list[set[str]]) -> Question:
    """Narrow a question to one of its rows; ``listed`` are all values of each of its dimensions,
    those that are not among the others.
    """
    conditions = [
        _only(dimension, key, listed[at])
        for at, (dimension, key) in enumerate(zip(question.by, keys, strict=True))
    ]
    return question.narrowed(*[one for one in conditions if one.values])


def _only(dimension: Dimension, key: str, listed: set[str]) -> Condition:
    if key == OTHERS:
        rest = tuple(sorted({*listed, ""} - {OTHERS}))
        return Condition(dimension=dimension, values=rest, excluded=True)
    return Condition(dimension=dimension, values=(key,))


def _by_each(question: Question, key: str) -> Question:
    return replace(question, by=(common_dimensions()[key],), top=None, compare=False)
