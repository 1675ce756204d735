"""Who the customers truly are: what the shop can only guess, drawn from its known parameters."""

from dataclasses import dataclass

import numpy as np

from regulars.simulate.arrays import DAY, Flags, Floats, Numbers, choose, choose_each, stream
from regulars.simulate.goods import Shelf
from regulars.simulate.places import closings
from regulars.simulate.season import Hours, Pace
from regulars.simulate.shop import Segment, Shop

STORE, WEB, EITHER = 0, 1, 2
FAVOURITES = 3


@dataclass(frozen=True, slots=True)
class People:
    """One row a customer. Instants are seconds since 1970, money is in minor units."""

    segment: Numbers
    rate: Floats  # λ, purchases a day
    dropout: Floats  # p, after each purchase
    order_value: Floats  # the mean of what an order is worth, known after infinitely many
    joined_at: Numbers
    buys: Flags
    habit: Numbers
    branch: Numbers
    wholesale: Flags
    tastes: Floats  # people × categories, sums to 1
    speed: Floats  # times the usual cycle of a consumable
    favourites: Numbers  # people × FAVOURITES, places on the shelf
    phase: Floats  # people × FAVOURITES, where in its cycle the jar of each stands
    returning: Floats  # times the usual rate of returns
    thrift: Floats  # price sensitivity from 0 to 1

    def __len__(self) -> int:
        return len(self.segment)


def draw_people(
    shop: Shop, shelf: Shelf, *, size: int, seed: int, hours: Hours, coming: Pace
) -> People:
    """Draw ``size`` customers. They are numbered in the order in which they came."""
    segment = choose(stream(seed, "segment"), [kind.share for kind in shop.segments], size)
    joined_at = _joined_at(seed, size, coming)
    habit = _habit(shop, seed, size)
    wholesale = stream(seed, "wholesale").random(size) < shop.wholesale
    tastes = _tastes(shop, seed, segment)
    return People(
        segment=segment,
        rate=_rates(shop.segments, seed, segment),
        dropout=_dropouts(shop.segments, seed, segment),
        order_value=_order_values(shop, seed, segment, wholesale),
        joined_at=joined_at,
        buys=stream(seed, "buys").random(size) >= shop.never,
        habit=habit,
        branch=_branches(shop, seed, joined_at, habit, hours),
        wholesale=wholesale,
        tastes=tastes,
        speed=stream(seed, "speed").lognormal(0.0, 0.3, size),
        favourites=_favourites(shelf, seed, tastes),
        phase=stream(seed, "phase").random((size, FAVOURITES)),
        returning=stream(seed, "returning").gamma(2.0, 0.5, size),
        thrift=stream(seed, "thrift").beta(1.6, 2.4, size),
    )


def _joined_at(seed: int, size: int, coming: Pace) -> Numbers:
    passed = stream(seed, "joined").random(size) * coming.whole
    return np.sort(coming.instant(passed).astype(np.int64))


def _habit(shop: Shop, seed: int, size: int) -> Numbers:
    return choose(
        stream(seed, "habit"), [1 - shop.online - shop.either, shop.online, shop.either], size
    )


def _of_segment(values: list[float], segment: Numbers) -> Floats:
    return np.asarray(values, dtype=np.float64)[segment]


def _rates(segments: tuple[Segment, ...], seed: int, segment: Numbers) -> Floats:
    shape = _of_segment([kind.process.r for kind in segments], segment)
    scale = _of_segment([1 / kind.process.alpha for kind in segments], segment)
    return stream(seed, "rate").gamma(shape) * scale


def _dropouts(segments: tuple[Segment, ...], seed: int, segment: Numbers) -> Floats:
    a = _of_segment([kind.process.a for kind in segments], segment)
    b = _of_segment([kind.process.b for kind in segments], segment)
    return stream(seed, "dropout").beta(a, b)


def _order_values(shop: Shop, seed: int, segment: Numbers, wholesale: Flags) -> Floats:
    """Draw p/ν; the value of one order is then this times Gamma(p)/p."""
    shape = _of_segment([kind.spend.q for kind in shop.segments], segment)
    nu = stream(seed, "order value").gamma(shape)
    mean = _of_segment([kind.spend.p * kind.spend.gamma for kind in shop.segments], segment) / nu
    return mean * np.where(wholesale, shop.wholesale_spend, 1.0)


def _branches(shop: Shop, seed: int, joined_at: Numbers, habit: Numbers, hours: Hours) -> Numbers:
    """Give each a home branch among those open when they came; web-goers belong to the web shop."""
    age = (joined_at - hours.start) / DAY
    weight = np.array([0.0 if place.online else place.weight for place in shop.places])
    opened = np.array([place.opened for place in shop.places])
    closed = closings(shop, until=int(hours.edges[-1]))
    there = (opened <= age[:, None]) & (joined_at[:, None] < closed)
    home = choose_each(stream(seed, "branch"), weight * there)
    online = [index for index, place in enumerate(shop.places) if place.online]
    return np.where(habit == WEB, online[0], home) if online else home


def _tastes(shop: Shop, seed: int, segment: Numbers) -> Floats:
    weights = np.array(
        [[kind.tastes.get(name, 1.0) for name in shop.categories] for kind in shop.segments]
    )
    drawn = stream(seed, "tastes").gamma(0.8 * weights[segment]) + 1e-9
    return np.asarray(drawn / drawn.sum(axis=1, keepdims=True), dtype=np.float64)


def _favourites(shelf: Shelf, seed: int, tastes: Floats) -> Numbers:
    """Draw what each buys again and again; the first is loose, to be weighed to any amount."""
    chosen = [
        shelf.pick(
            stream(seed, "favourite", place),
            tastes,
            allowed=shelf.loose if place == 0 else shelf.consumable,
        )
        for place in range(FAVOURITES)
    ]
    return np.stack(chosen, axis=1)
