"""Families of conditions: each is one file in ``conditions/`` that declares what it is about."""

import json
import pkgutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

from regulars.differentiate.segments.operators import Operator
from regulars.differentiate.segments.problem import Path
from regulars.differentiate.segments.values import Subject, Text, Value
from regulars.differentiate.segments.windows import EVER, Window
from regulars.organization.public import Brand

if TYPE_CHECKING:
    import ibis

    from regulars.differentiate.segments.ground import Ground

_families: dict[str, "Family"] = {}
CONDITIONS = "regulars.differentiate.segments.conditions"


class DeclaredTwice(Exception):
    """Two files declare one family of conditions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """A subject, how it is compared, and with which values."""

    subject: Subject
    operator: Operator
    values: tuple[Value, ...] = ()

    def holds(self, column: "ibis.Column", today: date) -> "ibis.Value":
        """Say of which rows of a column this is true; of an unknown value it never is."""
        return self.operator.holds(column, self.values, today).fill_null(False)  # noqa: FBT003

    @property
    def told(self) -> list[Any]:
        return [self.subject.key, self.operator.key, *map(str, self.values)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """One condition of a tree, read and found to make sense.

    ``where`` narrows the facts that are counted, ``window`` the time they happened in; ``extras``
    are the inputs of its own that the family declares.
    """

    family: "Family"
    about: Comparison
    where: tuple[Comparison, ...] = ()
    window: Window = EVER
    extras: Mapping[str, Any] = field(default_factory=dict)
    path: Path = ()

    @property
    def personal(self) -> bool:
        """Whether what is found of somebody is for those only who may see personal data."""
        return any(one.subject.personal for one in (self.about, *self.where))

    @property
    def counted(self) -> str:
        """What is counted, without what it is held against: equal words are computed once."""
        told = [self.family.key, [one.told for one in self.where], self.window, dict(self.extras)]
        return json.dumps(told, default=str)


@dataclass(frozen=True, slots=True, kw_only=True)
class Extra:
    """An input that only one family has: its name in the JSON, and how it is read and said.

    ``read`` takes what the JSON has (None when it is not there) and raises NotATree. ``schema`` is
    JSON Schema. ``options`` are those of a list, ``shape`` says how it is edited: choice, text,
    number or step. ``start`` is what a new condition begins with; ``open`` says that a choice may
    also be something that is not listed.
    """

    name: str
    label: Text
    shape: str
    read: Callable[[Any, Brand, Path], Any]
    schema: Mapping[str, Any]
    options: Callable[[Brand], Mapping[str, Text]] | None = None
    start: Any = None
    open: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """A family of conditions.

    ``subjects`` are what one can ask about, at a brand; ``subject`` finds one by its key where
    there are more than can be listed, and ``retired`` one that was taken out of use: it is said,
    and not asked. ``measure`` gives the subject's value for each person, null
    when it is unknown: a column of ``ground.person``, or of a table put beside it. ``filters`` are
    what its facts can be narrowed by; ``windowed`` whether by time, ``hours`` even by the hour.
    ``phrase`` says a condition in the family's own way, or nothing where label, filters and window
    read well; ``noun`` is what the label then stands behind.

    The builder needs no more than this. ``group`` and ``hint`` say where and how the family is
    offered, ``start`` what a new condition says, ``answers`` how yes and no read in it. Where
    ``subject`` or ``filter`` find keys like ``sum.weight``, ``named`` and ``filter_named`` are
    their stems, each with a label that has a place for the %(name)s.
    """

    key: str
    label: Text
    subjects: Callable[[Brand], Sequence[Subject]]
    measure: Callable[["Condition", "Ground"], "ibis.Column"]
    subject: Callable[[Brand, str], Subject | None] | None = None
    retired: Callable[[Brand, str], Subject | None] | None = None
    filters: Callable[[Brand], Sequence[Subject]] | None = None
    filter: Callable[[Brand, str], Subject | None] | None = None
    windowed: bool = False
    hours: bool = False
    extras: tuple[Extra, ...] = ()
    phrase: Callable[["Condition", Brand], str] | None = None
    noun: Callable[["Condition", Brand], str] | None = None
    group: Text = ""
    hint: Text = ""
    start: Mapping[str, Any] = field(default_factory=dict)
    answers: Mapping[str, Text] = field(default_factory=dict)
    named: Mapping[str, Text] = field(default_factory=dict)
    filter_named: Mapping[str, Text] = field(default_factory=dict)


def declare(family: Family) -> Family:
    """Make a family known. Raises DeclaredTwice."""
    if family.key in _families:
        raise DeclaredTwice(f"The conditions {family.key!r} are declared twice.")
    _families[family.key] = family
    return family


def families() -> Mapping[str, Family]:
    """Return every family by its key, in the order of keys."""
    _discover()
    return dict(sorted(_families.items()))


@cache
def _discover() -> None:
    package = import_module(CONDITIONS)
    for module in sorted(pkgutil.iter_modules(package.__path__), key=lambda found: found.name):
        import_module(f"{CONDITIONS}.{module.name}")
