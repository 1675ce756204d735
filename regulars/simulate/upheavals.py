"""What drives people away: a price raised, goods given up, a branch closed."""

from dataclasses import dataclass, replace

import numpy as np

from regulars.simulate.arrays import DAY, Flags, Numbers, stream
from regulars.simulate.people import STORE, People
from regulars.simulate.purchases import NEVER, STRANGER, Lives, Purchases
from regulars.simulate.shop import Shop, Upheaval

NOBODY, NOT_YET = -1, np.iinfo(np.int64).max


@dataclass(frozen=True, slots=True)
class Driven:
    """One row a customer: which upheaval drove them away, or NOBODY."""

    by: Numbers


def disturb(
    shop: Shop, people: People, purchases: Purchases, lives: Lives, *, seed: int, until: int
) -> tuple[Purchases, Lives, Driven]:
    """Take back what those would have bought whom an upheaval drove away.

    Those who would not have come again anyway were driven away by nothing.
    """
    by = _willing(shop, people, seed=seed, until=until)
    since = np.array([until - one.days * DAY for one in shop.upheavals] + [NOT_YET])
    known = purchases.customer != STRANGER
    who = np.where(known, purchases.customer, 0)
    missed = known & (purchases.at >= since[by[who]])
    lost = np.bincount(who[missed], minlength=len(people))
    by = np.where(lost > 0, by, NOBODY)
    kept = _only(purchases, ~missed)
    last = np.full(len(people), NEVER, dtype=np.int64)
    theirs = kept.customer != STRANGER
    last[kept.customer[theirs]] = kept.at[theirs]  # in the order of time, so the last one stays
    left_at = np.where(lost > 0, last, lives.left_at)
    return kept, replace(lives, repeats=lives.repeats - lost, left_at=left_at), Driven(by)


def _willing(shop: Shop, people: People, *, seed: int, until: int) -> Numbers:
    by = np.full(len(people), NOBODY, dtype=np.int64)
    for place, one in enumerate(shop.upheavals):
        there = people.joined_at < until - one.days * DAY
        leaving = stream(seed, "upheaval", place).random(len(people)) < one.leaves
        by[(by == NOBODY) & there & leaving & _concerned(shop, people, one)] = place
    return by


def _concerned(shop: Shop, people: People, one: Upheaval) -> Flags:
    """A closed branch concerns those who buy nowhere else, goods those whose favourite they are."""
    if one.place:
        codes = [place.code for place in shop.places]
        at_home: Flags = (people.branch == codes.index(one.place)) & (people.habit == STORE)
        return at_home
    skus = [good.sku for good in shop.goods]
    favoured: Flags = people.favourites[:, 0] == skus.index(one.sku)
    return favoured


def _only(purchases: Purchases, kept: Flags) -> Purchases:
    return Purchases(
        customer=purchases.customer[kept],
        at=purchases.at[kept],
        before=purchases.before[kept],
        nth=purchases.nth[kept],
    )
