"""What a hand-written customer did, noted so that a person can read it."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cached_property
from zoneinfo import ZoneInfo

from regulars.simulate.shop import Shop

HOURS = (11, 15, 13, 17, 12, 16, 14)


@dataclass(frozen=True, kw_only=True)
class Bought:
    """An order, or with ``back`` the products given back later and after how many days."""

    days_ago: int
    branch: str
    lines: tuple[tuple[str, Decimal], ...]
    coupon: str = ""
    back: tuple[tuple[str, Decimal], ...] = ()
    back_after: int = 0


@dataclass(frozen=True, kw_only=True)
class Kin:
    """Somebody in a household."""

    kind: str
    name: str
    species: str = ""
    gender: str = ""
    born_on: date | None = None
    stage: str = ""


@dataclass(frozen=True, kw_only=True)
class Story:
    """A customer of the cast. ``visits`` has one line each: days ago, branch, goods.

    ``23 leeds GRN-SE:1.5 EAT-PC:6 @TEA-15 <EAT-PC:2+4`` reads: 23 days ago at Leeds, 150 g of
    sencha and six pineapple cakes with the code TEA-15; two cakes came back four days later.
    """

    name: str
    branch: str
    visits: str
    gender: str = ""
    born_on: date | None = None
    language: str = "en"
    city: str = ""
    region: str = ""
    country: str = ""
    postcode: str = ""
    address: str = ""
    interests: tuple[str, ...] = ()
    note: str = ""
    source: str = "till"
    identifiers: tuple[tuple[str, str], ...] = ()
    household: tuple[Kin, ...] = ()
    fields: tuple[tuple[str, str], ...] = ()

    @cached_property
    def bought(self) -> tuple[Bought, ...]:
        return tuple(_read(line) for line in self.visits.strip().splitlines())

    @property
    def known_for(self) -> int:
        """Days since the first visit."""
        return max(one.days_ago for one in self.bought)


def when(shop: Shop, days_ago: int, *, now: datetime) -> datetime:
    """Return an instant of that day while the shop is open, never after ``now``."""
    local = now.astimezone(ZoneInfo(shop.timezone))
    hour = HOURS[days_ago % len(HOURS)]
    moment = datetime.combine(local.date() - timedelta(days=days_ago), time(hour, 7), local.tzinfo)
    return min(moment, now)


def _read(line: str) -> Bought:
    days_ago, branch, *words = line.split()
    returned = next((word[1:] for word in words if word.startswith("<")), "")
    goods, _, after = returned.partition("+")
    return Bought(
        days_ago=int(days_ago),
        branch=branch,
        lines=tuple(_line(word) for word in words if word[0] not in "@<"),
        coupon=next((word[1:] for word in words if word.startswith("@")), ""),
        back=(_line(goods),) if goods else (),
        back_after=int(after or 0),
    )


def _line(word: str) -> tuple[str, Decimal]:
    sku, _, quantity = word.partition(":")
    return sku, Decimal(quantity or 1)
