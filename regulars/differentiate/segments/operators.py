"""How a value is compared: what it is called, which kinds it fits, and what it says of a column.

An unknown value satisfies no comparison, whichever way round it is asked; only ``unknown`` finds
it. So every condition holds or does not, for everybody, and ``none`` is the plain opposite of
``any``.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from regulars.differentiate.segments.problem import Path, refuse
from regulars.differentiate.segments.values import Subject, Value, ValueKind, read_value

if TYPE_CHECKING:
    import ibis

MOST_VALUES = 500
MOST_DAYS = 40_000
PARTING = r" *[/>] *"
Holds = Callable[["ibis.Column", Sequence[Any], date], "ibis.Value"]


class Takes(Enum):
    """How many values an operator is given, and of which kind."""

    NOTHING = "nothing"
    ONE = "one"
    TWO = "two"
    MANY = "many"
    DAYS = "days"
    PATTERN = "pattern"


@dataclass(frozen=True, slots=True, kw_only=True)
class Operator:
    """``holds`` is told a column, the values, and the day one looks from; null counts as no."""

    key: str
    phrase: Promise
    takes: Takes
    kinds: frozenset[ValueKind]
    holds: Holds

    @property
    def label(self) -> str:
        """The phrase with an ellipsis for each value."""
        return str(self.phrase) % dict.fromkeys(("value", "first", "last", "choices"), "…")


NUMBERS = frozenset({ValueKind.NUMBER, ValueKind.MONEY})
TEXTS = frozenset({ValueKind.TEXT})
PATHS = frozenset({ValueKind.PATH})
WORDS = frozenset({ValueKind.TEXT, ValueKind.CHOICE, ValueKind.PATH})
DAYS = frozenset({ValueKind.DAY})
ANSWERS = frozenset({ValueKind.YES_NO, ValueKind.WHETHER})
MAY_BE_UNKNOWN = frozenset(ValueKind) - {ValueKind.WHETHER}
ONE, MANY = Takes.ONE, Takes.MANY


def _lower(values: Sequence[Any]) -> list["ibis.StringValue"]:
    """Let the engine turn capitals, as it does those of the column: of İ and Σ opinions differ."""
    import ibis  # at the first question: a start should not wait for it

    return [ibis.literal(str(value)).lower() for value in values]


_OPERATORS = (
    Operator(key="equals", phrase=gettext_lazy("is %(value)s"), takes=ONE, kinds=NUMBERS,
             holds=lambda column, v, _day: column == v[0]),
    Operator(key="differs", phrase=gettext_lazy("is not %(value)s"), takes=ONE, kinds=NUMBERS,
             holds=lambda column, v, _day: column != v[0]),
    Operator(key="at_least", phrase=gettext_lazy("is at least %(value)s"), takes=ONE,
             kinds=NUMBERS, holds=lambda column, v, _day: column >= v[0]),
    Operator(key="more_than", phrase=gettext_lazy("is more than %(value)s"), takes=ONE,
             kinds=NUMBERS, holds=lambda column, v, _day: column > v[0]),
    Operator(key="at_most", phrase=gettext_lazy("is at most %(value)s"), takes=ONE, kinds=NUMBERS,
             holds=lambda column, v, _day: column <= v[0]),
    Operator(key="less_than", phrase=gettext_lazy("is less than %(value)s"), takes=ONE,
             kinds=NUMBERS, holds=lambda column, v, _day: column < v[0]),
    Operator(key="between", phrase=gettext_lazy("is between %(first)s and %(last)s"),
             takes=Takes.TWO, kinds=NUMBERS | DAYS,
             holds=lambda column, v, _day: column.between(v[0], v[1])),
    Operator(key="under", phrase=gettext_lazy("is %(choices)s or a part of it"), takes=MANY,
             kinds=PATHS, holds=lambda column, v, _day: _under(column, v)),
    Operator(key="one_of", phrase=gettext_lazy("is %(choices)s"), takes=MANY, kinds=WORDS,
             holds=lambda column, v, _day: column.lower().isin(_lower(v))),
    Operator(key="none_of", phrase=gettext_lazy("is known and not %(choices)s"), takes=MANY,
             kinds=WORDS, holds=lambda column, v, _day: column.lower().notin(_lower(v))),
    Operator(key="contains", phrase=gettext_lazy("contains “%(value)s”"), takes=ONE, kinds=TEXTS,
             holds=lambda column, v, _day: column.lower().contains(*_lower(v))),
    Operator(key="starts_with", phrase=gettext_lazy("begins with “%(value)s”"), takes=ONE,
             kinds=TEXTS, holds=lambda column, v, _day: column.lower().startswith(*_lower(v))),
    Operator(key="ends_with", phrase=gettext_lazy("ends with “%(value)s”"), takes=ONE, kinds=TEXTS,
             holds=lambda column, v, _day: column.lower().endswith(*_lower(v))),
    Operator(key="matches", phrase=gettext_lazy("matches the pattern “%(value)s”"),
             takes=Takes.PATTERN, kinds=TEXTS,
             holds=lambda column, v, _day: column.re_search(v[0])),
    Operator(key="on", phrase=gettext_lazy("is on %(value)s"), takes=ONE, kinds=DAYS,
             holds=lambda column, v, _day: column == v[0]),
    Operator(key="before", phrase=gettext_lazy("is before %(value)s"), takes=ONE, kinds=DAYS,
             holds=lambda column, v, _day: column < v[0]),
    Operator(key="after", phrase=gettext_lazy("is after %(value)s"), takes=ONE, kinds=DAYS,
             holds=lambda column, v, _day: column > v[0]),
    Operator(key="in_last_days", phrase=gettext_lazy("is within the last %(value)s days"),
             takes=Takes.DAYS, kinds=DAYS,
             holds=lambda column, v, day: column.between(day - timedelta(v[0] - 1), day)),
    Operator(key="in_next_days", phrase=gettext_lazy("is within the next %(value)s days"),
             takes=Takes.DAYS, kinds=DAYS,
             holds=lambda column, v, day: column.between(day, day + timedelta(v[0] - 1))),
    Operator(key="over_days_ago", phrase=gettext_lazy("is more than %(value)s days ago"),
             takes=Takes.DAYS, kinds=DAYS,
             holds=lambda column, v, day: column < day - timedelta(v[0])),
    Operator(key="yes", phrase=gettext_lazy("yes"), takes=Takes.NOTHING, kinds=ANSWERS,
             holds=lambda column, _v, _day: column),
    Operator(key="no", phrase=gettext_lazy("no"), takes=Takes.NOTHING, kinds=ANSWERS,
             holds=lambda column, _v, _day: ~column),
    Operator(key="known", phrase=gettext_lazy("is known"), takes=Takes.NOTHING,
             kinds=MAY_BE_UNKNOWN, holds=lambda column, _v, _day: column.notnull()),
    Operator(key="unknown", phrase=gettext_lazy("is unknown"), takes=Takes.NOTHING,
             kinds=MAY_BE_UNKNOWN, holds=lambda column, _v, _day: column.isnull()),
)  # fmt: skip
OPERATORS = {operator.key: operator for operator in _OPERATORS}


def _under(column: "ibis.Column", paths: Sequence[Any]) -> "ibis.Value":
    """Whether a path is one of these or leads on from it; parts are parted by / or >."""
    whole = column.lower().re_replace(PARTING, "/")
    wanted = _lower([re.sub(PARTING, "/", str(path)) for path in paths])
    return reduce(or_, [(whole == path) | whole.startswith(path + "/") for path in wanted])


def operators_for(kind: ValueKind) -> list[Operator]:
    """Return the operators that fit values of a kind, in the order they are offered."""
    return [operator for operator in _OPERATORS if kind in operator.kinds]


def read_values(given: Any, operator: Operator, subject: Subject, path: Path) -> tuple[Value, ...]:
    """Take the values of a comparison out of JSON. Raises NotATree."""
    if operator.takes == Takes.NOTHING:
        if given is not None:
            raise refuse(path, _("No value is needed here."))
        return ()
    if operator.takes == Takes.DAYS:
        return (_days(given, path),)
    if operator.takes == Takes.PATTERN:
        return (_pattern(read_value(given, subject, path), path),)
    if operator.takes == Takes.ONE:
        return (read_value(given, subject, path),)
    return _listed(given, operator, subject, path)


def _listed(given: Any, operator: Operator, subject: Subject, path: Path) -> tuple[Value, ...]:
    if not isinstance(given, list) or not given:
        raise refuse(path, _("A list of values is needed here."))
    if len(given) > MOST_VALUES:
        raise refuse(path, _("A list has at most %(limit)s values.") % {"limit": MOST_VALUES})
    values = tuple(read_value(one, subject, (*path, nth)) for nth, one in enumerate(given))
    if operator.takes == Takes.TWO and len(values) != 2:
        raise refuse(path, _("Two values are needed here, the lower one first."))
    if operator.takes == Takes.TWO and values[0] > values[1]:  # type: ignore[operator]
        raise refuse(path, _("This ends before it begins."))
    return values


def _days(given: Any, path: Path) -> int:
    if isinstance(given, bool) or not isinstance(given, int) or not 1 <= given <= MOST_DAYS:
        raise refuse(path, _("A whole number of days is needed here."))
    return given


def _pattern(given: Value, path: Path) -> Value:
    """Let RE2 judge: it has no look-around and no back-references, and is linear in the text."""
    try:
        pc.match_substring_regex(pa.array([""]), str(given))
    except pa.ArrowInvalid as error:
        reason = str(error).partition(": ")[2] or str(error)
        raise refuse(
            path, _("This pattern cannot be used: %(reason)s.") % {"reason": reason}
        ) from None
    return given
