"""A question: which measures, by what, of whom, over which days; and how it is kept as JSON."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum, auto
from typing import Any

from django.utils.translation import gettext as _

from regulars.differentiate.explore.catalogue import dimensions, measures
from regulars.differentiate.explore.dimension import OTHERS, UNKNOWN, Dimension
from regulars.differentiate.explore.grains import About
from regulars.differentiate.explore.measure import Measure
from regulars.differentiate.explore.period import EVERYTHING, Period, period_from
from regulars.differentiate.explore.wrong import NotAQuestion
from regulars.lib.characters import can_be_kept
from regulars.organization.public import Brand

MOST_MEASURES, MOST_DIMENSIONS, MOST_CONDITIONS, MOST_VALUES = 6, 2, 8, 500
LARGEST_TOP, LONGEST_VALUE = 1000, 300
KEYS = ("measures", "by", "where", "period", "compare", "top", "show")
CONDITIONS = ({"dimension", "is"}, {"dimension", "is_not"})


class Look(StrEnum):
    TABLE = auto()
    LINE = auto()
    BARS = auto()
    HEAT = auto()
    SPREAD = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """Only facts whose dimension has one of these values, or has none of them; "" is unknown."""

    dimension: Dimension
    values: tuple[str, ...]
    excluded: bool = False

    def as_dict(self) -> dict[str, Any]:
        verb = "is_not" if self.excluded else "is"
        return {"dimension": self.dimension.key, verb: list(self.values)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked. The first measure says which values are the largest ``top`` ones of a
    dimension without an order of its own; the rest are counted together as others.
    """

    measures: tuple[Measure, ...]
    by: tuple[Dimension, ...] = ()
    where: tuple[Condition, ...] = ()
    period: Period = EVERYTHING
    compare: bool = False
    top: int | None = None
    show: Look = Look.TABLE

    @property
    def needed(self) -> frozenset[About]:
        """What a fact must belong to, so that the question can be asked of it."""
        asked = (*self.by, *(condition.dimension for condition in self.where))
        return frozenset(dimension.about for dimension in asked)

    def as_dict(self) -> dict[str, Any]:
        """Return the question as JSON; what is not said is left out."""
        told = {
            "measures": [measure.key for measure in self.measures],
            "by": [dimension.key for dimension in self.by],
            "where": [condition.as_dict() for condition in self.where],
            "period": self.period.as_dict(),
            "compare": self.compare,
            "top": self.top,
            "show": None if self.show is Look.TABLE else self.show.value,
        }
        return {name: value for name, value in told.items() if value}

    def narrowed(self, *conditions: Condition, by: tuple[Dimension, ...] = ()) -> "Question":
        """Return the same question of fewer facts, split by something else."""
        return replace(self, where=(*self.where, *conditions), by=by, compare=False)


def question_from(told: Any, *, brand: Brand, masked: bool = False) -> Question:
    """Read a question of a brand from JSON. Raises NotAQuestion, which names the place.

    What is personal is refused to who is ``masked``, who may not see personal data.
    """
    if not isinstance(told, dict):
        raise NotAQuestion("question", _("a question is an object with measures and more"))
    if unknown := set(told) - set(KEYS):
        raise NotAQuestion(min(map(str, unknown)), _one_of(KEYS))
    known = dimensions(brand=brand)
    asked = _listed(told.get("by", []), "by", MOST_DIMENSIONS)
    by = tuple(_named(known, key, f"by[{at}]") for at, key in enumerate(asked))
    if len({dimension.key for dimension in by}) < len(by):
        raise NotAQuestion("by[1]", _("the same as the first"))
    question = Question(
        measures=_measures(told.get("measures", [])),
        by=by,
        where=_conditions(told.get("where", []), known),
        period=period_from(told.get("period")),
        compare=_either(told.get("compare", False), "compare"),
        top=_top(told.get("top")),
        show=_look(told.get("show", Look.TABLE.value)),
    )
    check(question, masked=masked)
    return question


def check(question: Question, *, masked: bool = False) -> None:
    """See that every measure can be split and narrowed as asked. Raises NotAQuestion."""
    places = {f"by[{n}]": dimension for n, dimension in enumerate(question.by)}
    places |= {f"where[{n}].dimension": one.dimension for n, one in enumerate(question.where)}
    if hidden := [place for place, one in places.items() if masked and one.personal]:
        told = {"dimension": places[hidden[0]].label}
        raise NotAQuestion(hidden[0], _("your role does not see “%(dimension)s”") % told)
    for at, measure in enumerate(question.measures):
        for place, dimension in places.items():
            if why := why_not(measure, dimension):
                raise NotAQuestion(place, why)
        if not measure.told_by(question.needed):
            raise NotAQuestion(f"measures[{at}]", _("cannot be split by all of these at once"))
    if question.compare and question.period.everything:
        raise NotAQuestion("compare", _("all days have no period before them"))


def why_not(measure: Measure, dimension: Dimension) -> str:
    """Say why a measure cannot be split by a dimension, nor narrowed to it; "" when it can."""
    if dimension.about in measure.about:
        return ""
    because = measure.why_not.get(dimension.about) or _DEFAULTS[measure.of_people]()
    return _("“%(measure)s” cannot be split by “%(dimension)s”: %(because)s.") % {
        "measure": measure.label, "dimension": dimension.label, "because": because,
    }  # fmt: skip


_DEFAULTS = {
    True: lambda: _("it says how people stand on a day, not what they bought"),
    False: lambda: _("it is not told apart by that"),
}


def _measures(told: Any) -> tuple[Measure, ...]:
    keys = _listed(told, "measures", MOST_MEASURES)
    if not keys:
        raise NotAQuestion("measures", _("name at least one measure"))
    if len(set(keys)) < len(keys):
        raise NotAQuestion("measures", _("each measure once, please"))
    return tuple(_named(measures(), key, f"measures[{at}]") for at, key in enumerate(keys))


def _conditions(told: Any, known: Mapping[str, Dimension]) -> tuple[Condition, ...]:
    rows = _listed(told, "where", MOST_CONDITIONS)
    return tuple(_condition(row, known, f"where[{at}]") for at, row in enumerate(rows))


def _condition(told: Any, known: Mapping[str, Dimension], at: str) -> Condition:
    if not isinstance(told, dict) or set(told) not in (
        {"dimension", "is"},
        {"dimension", "is_not"},
    ):
        raise NotAQuestion(at, _("a condition has a dimension, and is or is_not with a list"))
    dimension = _named(known, told["dimension"], f"{at}.dimension")
    verb = "is" if "is" in told else "is_not"
    values = _listed(told[verb], f"{at}.{verb}", MOST_VALUES)
    if not values:
        raise NotAQuestion(f"{at}.{verb}", _("name at least one value"))
    for number, value in enumerate(values):
        _readable(dimension, value, f"{at}.{verb}[{number}]")
    return Condition(dimension=dimension, values=tuple(values), excluded=verb == "is_not")


def _readable(dimension: Dimension, value: Any, at: str) -> None:
    if not isinstance(value, str) or len(value) > LONGEST_VALUE or value == OTHERS:
        raise NotAQuestion(at, _("a value is a text; others is none"))
    if not can_be_kept(value):
        raise NotAQuestion(at, _("this text has characters that cannot be kept"))
    if value != UNKNOWN:
        try:
            dimension.read(value)
        except ValueError:
            raise NotAQuestion(at, _("%(value)s is no value of this") % {"value": value}) from None


def _named(known: Mapping[str, Any], key: Any, at: str) -> Any:
    if not isinstance(key, str) or key not in known:
        raise NotAQuestion(at, _("there is no %(key)s; %(names)s") % {
            "key": key, "names": _one_of(known),
        })  # fmt: skip
    return known[key]


def _one_of(names: Any) -> str:
    return _("one of %(names)s") % {"names": ", ".join(names)}


def _listed(told: Any, at: str, most: int) -> list[Any]:
    if not isinstance(told, list):
        raise NotAQuestion(at, _("this is a list"))
    if len(told) > most:
        raise NotAQuestion(at, _("at most %(most)s") % {"most": most})
    return told


def _either(told: Any, at: str) -> bool:
    if not isinstance(told, bool):
        raise NotAQuestion(at, _("true or false"))
    return told


def _top(told: Any) -> int | None:
    if told is None:
        return None
    if type(told) is not int or not 0 < told <= LARGEST_TOP:
        raise NotAQuestion("top", _("a whole number from 1 to %(most)s") % {"most": LARGEST_TOP})
    return told


def _look(told: Any) -> Look:
    if told not in [look.value for look in Look]:
        raise NotAQuestion("show", _one_of([look.value for look in Look]))
    return Look(told)
