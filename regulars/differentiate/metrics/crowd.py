"""Counts of customers by what they were judged to be: the board, its movement, who is expected."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from regulars.differentiate.metrics.cells import CELLS

if TYPE_CHECKING:
    import ibis


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Some customers and what they are worth: in all, and over the last 365 days. Minor units."""

    people: int = 0
    visits: int = 0
    net_minor: int = 0
    year_minor: int = 0

    def __add__(self, other: "Group") -> "Group":
        return Group(
            people=self.people + other.people,
            visits=self.visits + other.visits,
            net_minor=self.net_minor + other.net_minor,
            year_minor=self.year_minor + other.year_minor,
        )


NOBODY = Group()


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """What a customer can be, in all respects at once; ``cell`` is None for who never came."""

    cell: str | None
    cell_before: str | None
    once: bool
    due_state: str | None
    leaving: bool


@dataclass(frozen=True, kw_only=True)
class Crowd:
    """The customers of a brand, or of some of its branches, by kind."""

    kinds: tuple[tuple[Kind, Group], ...]

    @property
    def customers(self) -> Group:
        """Those with a visit."""
        return self.sum(lambda kind: kind.cell is not None)

    @property
    def without_visit(self) -> Group:
        return self.sum(lambda kind: kind.cell is None)

    @property
    def repeaters(self) -> Group:
        return self.sum(lambda kind: kind.cell is not None and not kind.once)

    @property
    def leaving(self) -> Group:
        return self.sum(lambda kind: kind.leaving)

    def expected(self, state: str) -> Group:
        """Those who are due, overdue or later."""
        return self.sum(lambda kind: kind.due_state == state)

    @property
    def cells(self) -> dict[str, Group]:
        """Every cell, also the empty ones."""
        return {**dict.fromkeys(CELLS, NOBODY), **self.by(lambda kind: kind.cell)}

    @property
    def cells_before(self) -> dict[str, int]:
        """How many people every cell had a month ago, by the lines of today."""
        then = self.by(lambda kind: kind.cell_before)
        return {cell: then.get(cell, NOBODY).people for cell in CELLS}

    @property
    def moves(self) -> dict[tuple[str | None, str | None], Group]:
        """Who went from which cell to which since a month ago; from None: the first visit."""
        pairs: dict[tuple[str | None, str | None], Group] = defaultdict(Group)
        for kind, group in self.kinds:
            if kind.cell != kind.cell_before:
                pairs[kind.cell_before, kind.cell] += group
        return dict(pairs)

    def sum(self, chosen: Callable[[Kind], bool]) -> Group:
        return sum((group for kind, group in self.kinds if chosen(kind)), NOBODY)

    def by(
        self, name: Callable[[Kind], str | None], *, where: Callable[[Kind], bool] = bool
    ) -> dict[str, Group]:
        """Sum the kinds up by a name; those without one are left out."""
        groups: dict[str, Group] = defaultdict(Group)
        for kind, group in self.kinds:
            if (named := name(kind)) is not None and where(kind):
                groups[named] += group
        return dict(groups)

    def as_rows(self) -> list[list[Any]]:
        return list(_rows(self.kinds))


KIND = ("cell", "cell_before", "once", "due_state", "leaving")
GROUP = ("people", "visits", "net_minor", "year_minor")


def crowd_of(people: "ibis.Table") -> Crowd:
    """Count judged customers."""
    kinds = people.group_by(
        "cell", "cell_before", "due_state", "leaving", once=people.visits == 1
    ).agg(
        people=people.count(),
        visits=people.visits.sum().cast("int64"),
        net_minor=people.net_minor.sum().cast("int64"),
        year_minor=people.value_year_minor.sum().cast("int64"),
    )
    found = kinds.select(*KIND, *GROUP).to_pyarrow()
    return crowd_from(zip(*(column.to_pylist() for column in found.columns), strict=True))


def crowd_from(rows: Iterable[Iterable[Any]]) -> Crowd:
    """Read back what ``as_rows`` wrote."""
    kinds = []
    for row in rows:
        values = list(row)
        kind = Kind(**dict(zip(KIND, values, strict=False)))
        group = Group(**dict(zip(GROUP, values[len(KIND) :], strict=True)))
        kinds.append((kind, group))
    return Crowd(kinds=tuple(kinds))


def _rows(kinds: Iterable[tuple[Kind, Group]]) -> Iterator[list[Any]]:
    for kind, group in kinds:
        yield [getattr(kind, name) for name in KIND] + [getattr(group, name) for name in GROUP]
