"""A whole simulated history: who came, when they bought, and run by run what they bought."""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from regulars.lib.money import exponent
from regulars.simulate.arrays import DAY, Flags, Numbers, choose, stream
from regulars.simulate.baskets import Lines, Orders, fill_baskets
from regulars.simulate.goods import Shelf, shelf_of
from regulars.simulate.people import EITHER, WEB, People, draw_people
from regulars.simulate.places import closings
from regulars.simulate.promotions import redeem
from regulars.simulate.purchases import STRANGER, Lives, Purchases, draw_purchases
from regulars.simulate.refunds import Refunds, draw_refunds
from regulars.simulate.season import Hours, acquisition, hours_of, paces
from regulars.simulate.shop import Shop
from regulars.simulate.upheavals import Driven, disturb

RUN = 500_000
DAYS_A_YEAR = 365.25


@dataclass(frozen=True, slots=True)
class Run:
    """Some orders in a row, with what belongs to them. Money is in minor units."""

    orders: Orders
    lines: Lines
    refunds: Refunds
    day: Numbers  # local, since 1970
    online: Numbers  # 1 for an order on the web
    branch: Numbers
    promotion: Numbers
    shipping: Numbers
    tax: Numbers


@dataclass(frozen=True, slots=True)
class History:
    """Everything that happened in a shop before ``until``."""

    shop: Shop
    seed: int
    until: datetime
    exponent: int
    shelf: Shelf
    hours: Hours
    people: People
    purchases: Purchases
    lives: Lives
    driven: Driven

    @property
    def parts(self) -> int:
        """How many runs there are."""
        return -(-len(self.purchases) // RUN)

    def runs(self) -> Iterator[Run]:
        """Go through the orders in the order of time, a bounded number at once."""
        for start in range(0, len(self.purchases), RUN):
            yield _run(self, slice(start, start + RUN))


def simulate(shop: Shop, *, size: int, seed: int, years: float, until: date | datetime) -> History:
    """Simulate ``size`` customers over the ``years`` that end at ``until``.

    A date means its first moment in the zone of the shop. Equal arguments give equal histories,
    to the last bit.
    """
    ends = _moment(until, ZoneInfo(shop.timezone))
    opened = ends - timedelta(days=round(years * DAYS_A_YEAR))
    hours = hours_of(opened_at=opened, until=ends, timezone=shop.timezone)
    seed = seed << 32 | zlib.crc32(shop.slug.encode())  # two shops of one seed are not twins
    decimals = exponent(shop.currency)
    end = int(ends.timestamp())
    shelf = shelf_of(shop, exponent=decimals, until=end)
    coming = acquisition(shop, hours)
    people = draw_people(shop, shelf, size=size, seed=seed, hours=hours, coming=coming)
    purchases, lives = draw_purchases(shop, people, paces(shop, hours), seed=seed)
    purchases, lives, driven = disturb(shop, people, purchases, lives, seed=seed, until=end)
    return History(shop, seed, ends, decimals, shelf, hours, people, purchases, lives, driven)


def _moment(until: date | datetime, zone: ZoneInfo) -> datetime:
    if isinstance(until, datetime):
        return until.astimezone(zone)
    return datetime.combine(until, time(), zone)


def _run(history: History, part: slice) -> Run:
    shop, people, shelf = history.shop, history.people, history.shelf
    rng = stream(history.seed, "run", part.start)
    customer, at = history.purchases.customer[part], history.purchases.at[part]
    day = history.hours.local_day(at)
    known = customer != STRANGER
    who = np.where(known, customer, 0)
    redeemed = redeem(shop.promotions, day, np.where(known, people.thrift[who], 0.0), rng)
    segment = np.where(
        known, people.segment[who], choose(rng, [kind.share for kind in shop.segments], len(at))
    )
    orders = Orders(
        number=np.arange(part.start, part.start + len(at)) + 1,
        customer=customer,
        at=at,
        before=history.purchases.before[part],
        nth=history.purchases.nth[part],
        extras=np.array([kind.extras for kind in shop.segments])[segment],
        value=_values(history, segment, customer, rng),
        rate=redeemed.rate,
    )
    lines = fill_baskets(orders, people, shelf, rng, typical=people.tastes.mean(axis=0))
    until = int(history.until.timestamp())
    refunds = draw_refunds(
        orders, lines, people, shelf, rng, until=until, unreferenced=shop.unreferenced
    )
    online = _online(history, who, known, at, rng)
    shipping = _shipping(shop, history.exponent, online, orders.value)
    tax = np.rint(orders.value * shop.tax).astype(np.int64)
    branch = _branch(history, who, known, online, at, rng)
    return Run(orders, lines, refunds, day, online, branch, redeemed.promotion, shipping, tax)


def _values(
    history: History, segment: Numbers, customer: Numbers, rng: np.random.Generator
) -> Numbers:
    """Draw what each order is worth: the customer's mean times Gamma(p)/p; at least ten cents."""
    spends = [kind.spend for kind in history.shop.segments]
    p = np.array([spend.p for spend in spends])[segment]
    q = np.array([spend.q for spend in spends])[segment]
    scale = np.array([spend.p * spend.gamma for spend in spends])[segment]
    known = customer != STRANGER
    mean = np.where(known, history.people.order_value[np.where(known, customer, 0)], 0.0)
    mean[~known] = (scale / rng.gamma(q))[~known]
    minor = mean * rng.gamma(p) / p * 10**history.exponent
    values: Numbers = np.maximum(np.rint(minor), 10).astype(np.int64)
    return values


def _online(
    history: History, who: Numbers, known: Flags, at: Numbers, rng: np.random.Generator
) -> Numbers:
    """Say which orders came over the web; whoever does both buys there while the rooms are shut."""
    habit = np.where(known, history.people.habit[who], 0)
    place = (at - history.hours.start) // 3600
    shut = np.asarray(history.shop.season.store_hours)[history.hours.hour[place]] == 0
    both = (habit == EITHER) & (shut | (rng.random(len(at)) < 0.4))
    online: Numbers = ((habit == WEB) | both).astype(np.int64)
    return online


def _branch(
    history: History,
    who: Numbers,
    known: Flags,
    online: Numbers,
    at: Numbers,
    rng: np.random.Generator,
) -> Numbers:
    """Send web orders to the web shop, and others mostly to the customer's own branch."""
    places = history.shop.places
    weight = [0.0 if place.online else place.weight for place in places]
    anywhere = choose(rng, weight, len(at))
    opened = np.array([place.opened for place in places]) * DAY + history.hours.start
    closed = closings(history.shop, until=int(history.until.timestamp()))
    anywhere = np.where((opened[anywhere] <= at) & (at < closed[anywhere]), anywhere, 0)
    web = np.array([place.online for place in places])
    home = history.people.branch[who]
    away = ~known | web[home] | (at >= closed[home]) | (rng.random(len(at)) < 0.08)
    here = np.where(away, anywhere, home)
    return np.where(online == 1, int(np.argmax(web)), here) if web.any() else here


def _shipping(shop: Shop, decimals: int, online: Numbers, value: Numbers) -> Numbers:
    price, free_from = (round(amount * 10**decimals) for amount in (shop.shipping, shop.free_from))
    return np.where((online == 1) & ((value < free_from) | (free_from == 0)), price, 0)
