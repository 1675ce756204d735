"""What is in each basket: lines of products whose amounts add up to the order, to the last cent."""

from dataclasses import dataclass

import numpy as np

from regulars.simulate.arrays import DAY, Flags, Floats, Numbers, firsts, running
from regulars.simulate.goods import Shelf
from regulars.simulate.people import FAVOURITES, People
from regulars.simulate.purchases import NEVER, STRANGER

MOST_UNITS = 0.8  # of an order's value; the rest is weighed


@dataclass(frozen=True, slots=True)
class Orders:
    """A run of orders on their way to the files; money is in minor units."""

    number: Numbers  # from 1, in the order of time
    customer: Numbers
    at: Numbers
    before: Numbers
    nth: Numbers
    extras: Floats  # mean of unplanned lines
    value: Numbers  # after discounts
    rate: Floats  # of discount

    def __len__(self) -> int:
        return len(self.number)


@dataclass(frozen=True, slots=True)
class Lines:
    """One row a line, by order; ``order`` is the place in the run of orders."""

    order: Numbers
    good: Numbers
    quantity: Floats
    amount: Numbers  # after discount
    discount: Numbers

    def __len__(self) -> int:
        return len(self.order)


@dataclass(frozen=True, slots=True)
class _Chosen:
    """Goods chosen for orders; loose ones have no units yet, and are worth nothing yet."""

    order: Numbers
    good: Numbers
    units: Numbers
    full: Floats  # before discount
    worth: Floats  # after discount

    def only(self, kept: Flags) -> "_Chosen":
        return _Chosen(
            self.order[kept], self.good[kept], self.units[kept], self.full[kept], self.worth[kept]
        )


def fill_baskets(
    orders: Orders, people: People, shelf: Shelf, rng: np.random.Generator, *, typical: Floats
) -> Lines:
    """Fill the baskets of a run of orders; ``typical`` are the tastes of a stranger."""
    order, good = _picked(orders, people, shelf, rng, typical=typical)
    units = np.where(shelf.loose[good], 0, 1 + rng.poisson(0.25, len(good)))
    full = np.rint(shelf.price_at(good, orders.at[order]) * units)
    chosen = _Chosen(order, good, units, full, np.rint(full * (1 - orders.rate[order])))
    affordable = running(chosen.worth, order) <= MOST_UNITS * orders.value[order]
    return _weighed(orders, shelf, rng, chosen.only(shelf.loose[good] | affordable))


def _picked(
    orders: Orders, people: People, shelf: Shelf, rng: np.random.Generator, *, typical: Floats
) -> tuple[Numbers, Numbers]:
    """Pick favourites that ran out, the first favourite in any case, and unplanned goods."""
    known = orders.customer != STRANGER
    who = np.where(known, orders.customer, 0)
    favourites = people.favourites[who]
    strange = np.flatnonzero(~known)
    anybody = np.broadcast_to(typical, (len(strange), len(typical)))
    favourites[strange, 0] = shelf.pick(rng, anybody, allowed=shelf.loose)
    extra = np.repeat(np.arange(len(orders)), rng.poisson(orders.extras))
    tastes = np.where(known[extra, None], people.tastes[who[extra]], typical)
    unplanned = shelf.pick(rng, tastes, allowed=np.ones(len(shelf.price), dtype=np.bool_))
    # A favourite is bought when its jar is empty, and not on a whim.
    whim = (unplanned[:, None] != favourites[extra]).all(axis=1) | ~known[extra]
    rows, columns = np.nonzero(_ran_out(orders, people, shelf, who, known))
    order = np.concatenate([rows, extra[whim]])
    good = np.concatenate([favourites[rows, columns], unplanned[whim]])
    return _once_each(order, shelf.there_at(good, orders.at[order]), len(shelf.price))


def _ran_out(orders: Orders, people: People, shelf: Shelf, who: Numbers, known: Flags) -> Flags:
    """Say which favourites each order refills: those whose jar emptied since the order before.

    A customer takes to one favourite more with each of the first orders.
    """
    cycle = shelf.cycle[people.favourites[who]] * people.speed[who, None] * DAY
    jar = orders.at[:, None] / cycle + people.phase[who]
    jar_before = orders.before[:, None] / cycle + people.phase[who]
    emptied = (np.floor(jar) > np.floor(jar_before)) | (orders.before[:, None] == NEVER)
    wanted: Flags = emptied & known[:, None] & (orders.nth[:, None] >= np.arange(FAVOURITES))
    wanted[:, 0] = True
    return wanted


def _once_each(order: Numbers, good: Numbers, goods: int) -> tuple[Numbers, Numbers]:
    both = np.unique(order * goods + good)
    return both // goods, both % goods


def _weighed(orders: Orders, shelf: Shelf, rng: np.random.Generator, chosen: _Chosen) -> Lines:
    """Weigh out the loose goods so that the lines add up to the value of the order."""
    order, loose = chosen.order, shelf.loose[chosen.good]
    counted = np.bincount(order, chosen.worth, len(orders)).astype(np.int64)
    amount = chosen.worth.astype(np.int64)
    amount[loose] = _divided(orders.value - counted, order[loose], rng)
    full = np.where(loose, np.rint(amount / (1 - orders.rate[order])), chosen.full).astype(np.int64)
    price = shelf.price_at(chosen.good, orders.at[order])
    weight = np.maximum(np.round(full / price, 3), 0.001)
    kept = amount > 0
    return Lines(
        order=order[kept],
        good=chosen.good[kept],
        quantity=np.where(loose, weight, chosen.units)[kept],
        amount=amount[kept],
        discount=(full - amount)[kept],
    )


def _divided(whole: Numbers, order: Numbers, rng: np.random.Generator) -> Numbers:
    """Divide each order's amount among its rows at random, to the last cent."""
    parts = rng.exponential(size=len(order))
    reached = running(parts, order) / np.bincount(order, parts, len(whole))[order]
    reached[np.append(firsts(order)[1:], True)] = 1.0
    upto = np.floor(reached * whole[order]).astype(np.int64)
    return upto - np.where(firsts(order), 0, np.roll(upto, 1))
