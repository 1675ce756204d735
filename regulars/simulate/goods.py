"""What stands on the shelf, as columns, and how people pick from it."""

from dataclasses import dataclass

import numpy as np

from regulars.simulate.arrays import Flags, Floats, Numbers, choose_each
from regulars.simulate.shop import Shop


@dataclass(frozen=True, slots=True)
class Shelf:
    """One row a product; money is in minor units, cycles in days."""

    category: Numbers
    price: Floats
    popularity: Floats
    cycle: Floats
    loose: Flags
    consumable: Flags
    returns: Floats
    categories: int

    def pick(self, rng: np.random.Generator, tastes: Floats, *, allowed: Flags) -> Numbers:
        """Pick a product for each row of tastes: first a category, then by popularity within it."""
        weight = np.where(allowed, self.popularity, 0.0)
        by_category = np.bincount(self.category, weight, self.categories)
        category = choose_each(rng, tastes * (by_category > 0) + 1e-12 * (by_category > 0))
        order = np.argsort(self.category, kind="stable")
        edges = np.cumsum(weight[order])
        ends = np.cumsum(by_category)
        drawn = ends[category] - by_category[category] * (1 - rng.random(len(tastes)) * (1 - 1e-9))
        return order[np.searchsorted(edges, drawn, side="right")]


def shelf_of(shop: Shop, *, exponent: int) -> Shelf:
    """Lay out the goods of a shop; ``exponent`` is the number of decimals of its currency."""
    places = {name: place for place, name in enumerate(shop.categories)}
    goods = shop.goods
    return Shelf(
        category=np.array([places[good.category] for good in goods], dtype=np.int64),
        price=np.array([round(good.price * 10**exponent) for good in goods], dtype=np.float64),
        popularity=np.array([good.popularity for good in goods], dtype=np.float64),
        cycle=np.array([good.cycle for good in goods], dtype=np.float64),
        loose=np.array([good.loose for good in goods], dtype=np.bool_),
        consumable=np.array([good.consumable for good in goods], dtype=np.bool_),
        returns=np.array([good.returns for good in goods], dtype=np.float64) * shop.refunds,
        categories=len(places),
    )
