"""The shop's own figures: everybody's orders, also those of people it does not know."""

from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import ibis

DAYS_KEPT = 60
MEASURES = (
    "visits",
    "newcomers",
    "orders",
    "ordered_minor",
    "strangers",
    "strangers_minor",
    "refunded_minor",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Turnover:
    """What happened over some days. Minor units.

    ``orders`` and ``ordered_minor`` count everybody; ``strangers`` are orders of people the shop
    does not know. ``refunded_minor`` was given back on these days, whenever it was bought.
    """

    visits: int = 0
    newcomers: int = 0
    orders: int = 0
    ordered_minor: int = 0
    strangers: int = 0
    strangers_minor: int = 0
    refunded_minor: int = 0

    @property
    def net_minor(self) -> int:
        return self.ordered_minor - self.refunded_minor

    @property
    def returning(self) -> int:
        """Visits of people who had been there before."""
        return self.visits - self.newcomers

    @property
    def returning_share(self) -> float | None:
        return self.returning / self.visits if self.visits else None

    def __add__(self, other: "Turnover") -> "Turnover":
        return Turnover(**{name: getattr(self, name) + getattr(other, name) for name in MEASURES})


@dataclass(frozen=True, kw_only=True)
class Shop:
    """All days of a shop: their sum, the first and the last with an order, and the recent ones."""

    total: Turnover
    first_on: date | None
    newest_on: date | None
    recent: dict[date, Turnover]

    def over(self, days: int, *, until: date) -> Turnover:
        """Sum up so many days; no more than two months back."""
        each = (until - timedelta(days=n) for n in range(days))
        return sum((self.recent[day] for day in each if day in self.recent), Turnover())

    def as_dict(self) -> dict[str, Any]:
        return {
            "total": asdict(self.total),
            "first_on": self.first_on and self.first_on.isoformat(),
            "newest_on": self.newest_on and self.newest_on.isoformat(),
            "recent": {day.isoformat(): asdict(figures) for day, figures in self.recent.items()},
        }


def shop_of(daily: "ibis.Table", *, as_of: date) -> Shop:
    """Sum up the figures of days and branches."""
    total = {name: daily[name].sum().fill_null(0) for name in MEASURES}
    bought = daily.filter(daily.orders > 0)
    whole = daily.aggregate(**total).to_pyarrow().to_pylist()[0]
    ends = bought.aggregate(first_on=bought.day.min(), newest_on=bought.day.max()).to_pyarrow()
    late = daily.filter(daily.day > as_of - timedelta(days=DAYS_KEPT))
    recent = late.group_by("day").agg(**{name: late[name].sum() for name in MEASURES})
    rows = recent.order_by("day").to_pyarrow().to_pylist()
    return Shop(
        total=Turnover(**whole),
        **ends.to_pylist()[0],
        recent={row.pop("day"): Turnover(**row) for row in rows},
    )


def shop_from(told: dict[str, Any]) -> Shop:
    """Read back what ``as_dict`` wrote."""
    recent = told["recent"].items()
    return Shop(
        total=Turnover(**told["total"]),
        first_on=told["first_on"] and date.fromisoformat(told["first_on"]),
        newest_on=told["newest_on"] and date.fromisoformat(told["newest_on"]),
        recent={date.fromisoformat(day): Turnover(**figures) for day, figures in recent},
    )
