"""What stands on the shelf, as columns, and how people pick from it."""

from dataclasses import dataclass

import numpy as np

from regulars.simulate.arrays import DAY, Flags, Floats, Numbers, choose_each
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
    dearer_at: Numbers  # from which instant on the price is ``dearer`` times as high
    dearer: Floats
    gone_at: Numbers  # from which instant on people take the goods ``instead``
    instead: Numbers

    def price_at(self, good: Numbers, at: Numbers) -> Floats:
        """Return what goods cost at their instants."""
        raised = np.rint(self.price * self.dearer)
        price: Floats = np.where(at >= self.dearer_at[good], raised[good], self.price[good])
        return price

    def there_at(self, good: Numbers, at: Numbers) -> Numbers:
        """Return the goods, or what is there in their place at their instants."""
        found: Numbers = np.where(at >= self.gone_at[good], self.instead[good], good)
        return found

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


NOT_YET = np.iinfo(np.int64).max


def shelf_of(shop: Shop, *, exponent: int, until: int) -> Shelf:
    """Lay out the goods of a shop that is simulated ``until`` an instant.

    ``exponent`` is the number of decimals of its currency.
    """
    places = {name: place for place, name in enumerate(shop.categories)}
    goods = shop.goods
    skus = [good.sku for good in goods]
    dearer_at, gone_at = np.full((2, len(goods)), NOT_YET)
    dearer, instead = np.ones(len(goods)), np.arange(len(goods))
    for one in shop.upheavals:
        at = until - one.days * DAY
        if one.kind == "dearer":
            place = skus.index(one.sku)
            dearer_at[place], dearer[place] = at, 1 + one.rise
        elif one.kind == "gone":
            place = skus.index(one.sku)
            gone_at[place], instead[place] = at, skus.index(one.instead)
    return Shelf(
        category=np.array([places[good.category] for good in goods], dtype=np.int64),
        price=np.array([round(good.price * 10**exponent) for good in goods], dtype=np.float64),
        popularity=np.array([good.popularity for good in goods], dtype=np.float64),
        cycle=np.array([good.cycle for good in goods], dtype=np.float64),
        loose=np.array([good.loose for good in goods], dtype=np.bool_),
        consumable=np.array([good.consumable for good in goods], dtype=np.bool_),
        returns=np.array([good.returns for good in goods], dtype=np.float64) * shop.refunds,
        categories=len(places),
        dearer_at=dearer_at,
        dearer=dearer,
        gone_at=gone_at,
        instead=instead,
    )
