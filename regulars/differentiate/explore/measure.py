"""How a measure is declared: its name, its sentence, and what it is made of."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum, auto
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise

from regulars.differentiate.explore.grains import GRAINS, About

if TYPE_CHECKING:
    import ibis

Text = str | Promise
Rows = Callable[[Any], "ibis.Value"]


class Unit(StrEnum):
    COUNT = auto()
    DECIMAL = auto()
    MONEY = auto()  # minor units of the brand's currency
    SHARE = auto()  # between 0 and 1, as a rule


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum over rows; without ``of``, their number. Sums of parts add up to the whole.

    ``of_product`` names the columns of products that it reads beside those of lines.
    """

    of: Rows | None = None
    of_product: tuple[str, ...] = ()

    adds_up = True

    def over(self, table: "ibis.Table") -> "ibis.Value":
        if self.of is None:
            return table.count().cast("float64")
        return self.of(table).cast("float64").sum().fill_null(0.0)


@dataclass(frozen=True, slots=True)
class Distinct:
    """A number of different values: one that is in two parts counts in both, and once in all."""

    of: Rows

    of_product = ()
    adds_up = False

    def over(self, table: "ibis.Table") -> "ibis.Value":
        return self.of(table).nunique().cast("float64")


Aggregate = Sum | Distinct


@dataclass(frozen=True, slots=True)
class Part:
    """A figure that measures are made of. ``by_grain`` names every table it can be taken from, the
    quickest first; all of them give the same figure.
    """

    name: str
    by_grain: Mapping[str, Aggregate]

    def grain_for(self, needed: frozenset[About], *, whole: bool) -> str | None:
        """Return the quickest table that tells what is needed; ``whole`` when no days are asked."""
        fitting = (
            name
            for name in self.by_grain
            if needed <= GRAINS[name].about and (whole or not GRAINS[name].whole)
        )
        return next(fitting, None)

    @property
    def about(self) -> frozenset[About]:
        """All that any of its tables tells."""
        return frozenset().union(*(GRAINS[name].about for name in self.by_grain))


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """What can be measured. ``value`` makes the figure from the parts, columns of one table.

    ``why_not`` says why it cannot be split by what it is not about. ``shared`` measures are sums,
    of which a part has a share; ratios are not, nor is who counts in several parts.
    """

    key: str
    label: Text
    sentence: Text
    unit: Unit
    parts: tuple[Part, ...]
    value: Rows
    why_not: Mapping[About, Text] = field(default_factory=dict)
    shared: bool = False

    @property
    def about(self) -> frozenset[About]:
        """What it can be split by and narrowed to."""
        return frozenset(About).intersection(*(part.about for part in self.parts))

    def told_by(self, needed: frozenset[About]) -> bool:
        """Whether one table for each part tells all this at once."""
        return all(part.grain_for(needed, whole=False) for part in self.parts)

    @property
    def of_people(self) -> bool:
        """Whether it says how people stand on a day, and nothing about a time before."""
        return About.DAY not in self.about


def share(above: str, below: str) -> Rows:
    """Divide a part by another; nothing divided by nothing is unknown."""
    return lambda parts: parts[above] / parts[below].nullif(0)
