"""What a brand's metrics are computed from: its facts, as they were known at the end of a day."""

import calendar
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from regulars.organization.public import Brand

if TYPE_CHECKING:
    import ibis

READ = ("customers", "orders", "refunds", "refund_lines", "refund_matches")


class Source(Protocol):
    """Whatever gives tables of the lake by their names."""

    def table(self, name: str) -> "ibis.Table": ...


@dataclass(frozen=True, kw_only=True)
class Facts:
    """The tables of the lake, narrowed to one brand and to what was known on ``as_of``.

    Facts of later days are left out, also refunds given later for earlier purchases. Customers are
    those without an alias; whatever an alias did counts as theirs.
    """

    source: Source
    brand_id: int
    as_of: date
    ends_at: datetime

    @property
    def month_before(self) -> date:
        """The same day a month ago, or the last one of that month."""
        return month_before(self.as_of)

    @property
    def customers(self) -> "ibis.Table":
        """Those known by the end of the day, each once."""
        table = self.of_brand("customers")
        return table.filter(table.canonical_id == table.id)

    @property
    def aliases(self) -> "ibis.Table":
        """``alias`` and the customer it stands for, ``canonical``."""
        table = self.of_brand("customers")
        aliases = table.filter(table.canonical_id != table.id)
        return aliases.select(alias=aliases.id, canonical=aliases.canonical_id)

    @property
    def orders(self) -> "ibis.Table":
        table = self.of_brand("orders")
        return table.filter(table.placed_on <= self.as_of)

    @property
    def lines(self) -> "ibis.Table":
        """What orders are made of, with the customer and the day of the order."""
        table = self.of_brand("lines")
        return table.filter(table.placed_on <= self.as_of)

    @property
    def refunds(self) -> "ibis.Table":
        table = self.of_brand("refunds")
        return table.filter(table.refunded_on <= self.as_of)

    @property
    def matches(self) -> "ibis.Table":
        """The refunds that undo part of an order: ``refund_id``, day, order and amount."""
        match, line = self.of_brand("refund_matches"), self.of_brand("refund_lines")
        line = line.select(refund_line_id=line.id, refund_id=line.refund_id)
        refund = self.refunds
        day = refund.select(refund_id=refund.id, refunded_on=refund.refunded_on)
        dated = line.inner_join(day, "refund_id")
        found = match.inner_join(dated, "refund_line_id")
        return found.select("refund_id", "refunded_on", "order_id", "amount_minor")

    @cached_property
    def has_aliases(self) -> bool:
        """Whether any customer of the brand stands for another one."""
        return bool(self.aliases.limit(1).count().to_pyarrow().as_py())

    def as_themselves(self, table: "ibis.Table") -> "ibis.Table":
        """Put the customers that aliases stand for into ``customer_id``."""
        if not self.has_aliases:
            return table
        joined = table.left_join(self.aliases, [("customer_id", "alias")])
        themselves = joined.canonical.coalesce(joined.customer_id)
        return joined.mutate(customer_id=themselves).drop("alias", "canonical")

    def of_brand(self, name: str) -> "ibis.Table":
        """Return a table's rows of the brand, of all days."""
        table = self.source.table(name)
        return table.filter(table.brand_id == self.brand_id)


def facts_of(source: Source, *, brand: Brand, as_of: date) -> Facts:
    """Narrow the lake to a brand and to what was known when a day ended in its zone."""
    midnight = datetime.combine(as_of + timedelta(days=1), time(), brand.zone)
    return Facts(source=source, brand_id=brand.pk, as_of=as_of, ends_at=midnight.astimezone(UTC))


def month_before(day: date) -> date:
    """Return the same day of the month before, or that month's last day."""
    year, month = (day.year, day.month - 1) if day.month > 1 else (day.year - 1, 12)
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
