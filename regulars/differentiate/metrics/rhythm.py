"""The rhythm of a shop: how many days pass between one visit of a customer and the next."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ibis


@dataclass(frozen=True)
class Rhythm:
    """The days between consecutive visits, of all customers of a brand.

    ``intervals`` maps a number of days to how often it was seen.
    """

    intervals: Mapping[int, int]

    @cached_property
    def count(self) -> int:
        return sum(self.intervals.values())

    @property
    def median_days(self) -> float | None:
        return self.percentile(50)

    def percentile(self, percent: int) -> float | None:
        """Return how many days ``percent`` of a hundred intervals last at most, not rounded.

        Between two neighbouring values the line is straight: definition 7 of Hyndman and Fan
        (1996), as numpy and spreadsheets have it. None when nobody came back yet.
        """
        if not self.count:
            return None
        place, part = divmod((self.count - 1) * percent, 100)
        below, above = self._at(place), self._at(min(place + 1, self.count - 1))
        return (below * (100 - part) + above * part) / 100

    def share_within(self, days: float) -> float | None:
        """Return the share of intervals of at most so many days."""
        if not self.count:
            return None
        return sum(seen for length, seen in self.intervals.items() if length <= days) / self.count

    def _at(self, place: int) -> int:
        passed = 0
        for length in sorted(self.intervals):
            passed += self.intervals[length]
            if passed > place:
                return length
        raise IndexError(place)


def rhythm_of(people: "ibis.Table") -> Rhythm:
    """Count the intervals between visits; ``people`` are standings."""
    each = people.select(visit=people.returns.unnest())
    returns = each.select(days=each.visit["interval"])
    found = returns.group_by("days").agg(seen=returns.count()).to_pyarrow()
    return Rhythm(dict(zip(found["days"].to_pylist(), found["seen"].to_pylist(), strict=True)))
