"""The people of a brand and the facts about them, put side by side for one question."""

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from regulars.differentiate.metrics.public import CUSTOMERS, Facts, facts_of
from regulars.differentiate.segments.birthdays import latest_birthday
from regulars.differentiate.segments.windows import Window
from regulars.differentiate.segments.zones import local_day
from regulars.lake.public import NotInTheLake
from regulars.organization.public import Brand

if TYPE_CHECKING:
    import ibis

PROFILE = ("gender", "language", "city", "region", "country", "source")


class NotMeasured(Exception):
    """The brand's metrics were not computed yet, and the question is about them."""


class Source(Protocol):
    """Whatever gives tables of the lake, mirrored and computed, by their names."""

    def table(self, name: str) -> "ibis.Table": ...

    def computed(self, name: str) -> "ibis.Table": ...


class Ground:
    """The people of a brand as of a day, with whatever is known beside them.

    Conditions name columns: those of ``person``, and those that ``beside`` gives. ``day`` is the
    day one looks from and ``now`` the instant up to which facts count. ``measured_on`` is the day
    of the metrics. With ``only`` some people are looked at alone. ``reads`` are the tables the
    answer depends on, ``hourly`` whether it changes within a day.
    """

    def __init__(
        self,
        source: Source,
        *,
        brand: Brand,
        day: date,
        now: datetime,
        measured_on: date | None = None,
        only: Collection[int] | None = None,
    ) -> None:
        self.brand, self.day, self.zone = brand, day, brand.zone
        self.measured_on = measured_on
        self.reads: set[str] = set()
        self.hourly = False
        self.within: tuple[int, ...] = ()  # the segments whose conditions are being put together
        self._source = source
        self._facts = facts_of(self, brand=brand, as_of=day)
        self._now = min(now, self._facts.ends_at)
        self._asides: dict[str, tuple[str, ibis.Table]] = {}
        self._whole: ibis.Table | None = None
        self._only = None if only is None else self._numbers_of(only)

    @property
    def alone(self) -> bool:
        """Whether single people are looked at, so that figures are to be exact and may be slow."""
        return self._only is not None

    @property
    def facts(self) -> Facts:
        return self._facts

    @property
    def now(self) -> datetime:
        self.hourly = True
        return self._now

    @property
    def ends_at(self) -> datetime:
        """The instant at which the day ends in the brand's zone."""
        return self._facts.ends_at

    def table(self, name: str) -> "ibis.Table":
        """Return a mirrored table of the lake, of all brands."""
        self.reads.add(name)
        return self._source.table(name)

    def of_brand(self, name: str) -> "ibis.Table":
        """Return a mirrored table's rows of the brand."""
        return self._facts.of_brand(name)

    def theirs(self, table: "ibis.Table") -> "ibis.Table":
        """Narrow a table of facts to people who are looked at; what aliases did is their own."""
        if self._only is not None:
            table = table.filter(table.customer_id.isin(self._only))
        else:
            table = table.filter(table.customer_id.notnull())
        return self._facts.as_themselves(table) if self._has_aliases else table

    @cached_property
    def people(self) -> "ibis.Table":
        """One row for each person: ``customer_id``, home ``branch_id`` and profile."""
        known = self._facts.customers
        if self._only is not None:
            known = known.filter(known.id.isin(self._only))
        return known.select(
            "branch_id",
            "public_id",
            "born_on",
            "fields",
            customer_id=known.id,
            known_since=local_day(known.created_at, self.zone),
            **{name: known[name].nullif("") for name in PROFILE},
        )

    @cached_property
    def metrics(self) -> "ibis.Table":
        """The computed metrics, a row for each person. Raises NotMeasured."""
        return self.computed(CUSTOMERS, self.measured_on)

    def computed(self, name: str, day: date | None) -> "ibis.Table":
        """Return the brand's rows of a computed table as of a day. Raises NotMeasured."""
        self.reads.add(name)
        if day is None:
            raise NotMeasured
        try:
            rows = self._source.computed(name)
        except NotInTheLake as error:
            raise NotMeasured from error
        return rows.filter(rows.brand_id == self.brand.pk, rows.as_of == day)

    @property
    def person(self) -> "ibis.Table":
        """The columns that are known of each person without anything put beside."""
        return self.people if self._whole is None else self._whole

    def beside(self, key: str, column: str, make: "Callable[[], ibis.Table]") -> "ibis.Column":
        """Put a table of ``customer_id`` and columns beside the people, and return one of these.

        Equal keys mean equal tables; each is made once. People it does not have, have null.
        """
        if key not in self._asides:
            self._asides[key] = _renamed(f"beside{len(self._asides)}", make())
        name, aside = self._asides[key]
        return (aside if self._whole is None else self._whole)[f"{name}_{column}"]

    def lay(self, columns: "Callable[[], Mapping[str, ibis.Value]]") -> "ibis.Table":
        """Return the people with these columns, after ``customer_id`` and ``branch_id``.

        The columns are asked for twice: first to learn what has to be put beside the people, then
        of everything together. A ground is laid once.
        """
        columns()
        whole = self.people
        for name, aside in self._asides.values():
            whole = whole.left_join(aside, whole.customer_id == aside[f"{name}_customer_id"])
        self._whole = whole
        return whole.select("customer_id", "branch_id", **columns())

    @contextmanager
    def inside(self, segment: int) -> Iterator[None]:
        """Remember, while the block lasts, that a segment's conditions are being put together."""
        self.within = (*self.within, segment)
        try:
            yield
        finally:
            self.within = self.within[:-1]

    def anchor(self, name: str) -> "ibis.Table":
        """Return ``customer_id`` and ``anchor_on``: the day of each person's own of that name."""
        if name in {"first_visit_on", "last_visit_on"}:
            metrics = self.metrics
            return metrics.select("customer_id", anchor_on=metrics[name])
        people = self.people
        if name == "known_since":
            return people.select("customer_id", anchor_on=people.known_since)
        return people.select("customer_id", anchor_on=latest_birthday(people.born_on, self.day))

    def _numbers_of(self, people: Collection[int]) -> list[int]:
        """Return the numbers of some people with those of their aliases."""
        table = self.of_brand("customers")
        found = table.filter(table.canonical_id.isin(sorted(people))).id.to_pyarrow().to_pylist()
        return [*sorted(people), *sorted(set(found) - set(people))]

    @cached_property
    def _has_aliases(self) -> bool:
        return bool(self._facts.aliases.count().to_pyarrow().as_py())


def _renamed(name: str, table: "ibis.Table") -> tuple[str, "ibis.Table"]:
    new = {f"{name}_{column}": table[column] for column in table.columns}
    return name, table.select(**new)


def in_window(table: "ibis.Table", window: Window, ground: Ground) -> "ibis.Table":
    """Keep the facts of a window; ``table`` has a ``day``, or an instant ``at`` for hours too.

    Facts after the day one looks from are left out anyway.
    """
    if window.relative:
        return _near(table, window, ground)
    if window.hours:
        begins = ground.now - timedelta(hours=window.last or 0)
        return table.filter(table.at > begins, table.at <= ground.now)
    start, end = window.span(ground.day)
    kept = [table.day >= start] if start else []
    kept += [table.day <= end] if end and end < ground.day else []
    return table.filter(*kept) if kept else table


def _near(table: "ibis.Table", window: Window, ground: Ground) -> "ibis.Table":
    anchors = ground.anchor(window.after or window.before)
    dated = table.inner_join(anchors, "customer_id")
    passed = dated.day.delta(dated.anchor_on, unit="day")
    kept = passed.between(0, window.days) if window.after else passed.between(-window.days, 0)
    return dated.filter(kept).drop("anchor_on")
