"""Looks at goods in the web shop: before purchases, and without any."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np

from regulars.identify.commerce.events import PRODUCT_VIEWED
from regulars.identify.customers.public import Identifier
from regulars.identify.timeline.public import Touch, record
from regulars.organization.public import Brand
from regulars.simulate.arrays import DAY, Flags, Numbers, stream
from regulars.simulate.history import History
from regulars.simulate.identity import member_numbers
from regulars.simulate.people import STORE
from regulars.simulate.purchases import STRANGER

DAYS, LATEST = 90, 3 * DAY  # how far back looks are told, and within which time one buys
LOOKERS, BEFOREHAND = 0.25, 0.6
_APART = 1 << 40


@dataclass(frozen=True, slots=True)
class Looks:
    """One row a look, by customer."""

    customer: Numbers
    at: Numbers
    good: Numbers


def draw_looks(history: History) -> Looks:
    """Draw who looked at what: some before they bought, some without buying."""
    people, rng = history.people, stream(history.seed, "looks")
    end = int(history.until.timestamp())
    near = people.buys & (people.habit != STORE)  # of others the shop knows nothing
    idle = np.flatnonzero(near & (rng.random(len(people)) < LOOKERS))
    idle = np.repeat(idle, 1 + rng.poisson(0.7, len(idle)))
    idle_at = end - (rng.random(len(idle)) * DAYS * DAY).astype(np.int64)
    bought = history.purchases
    late = (bought.customer != STRANGER) & (bought.at > end - DAYS * DAY)
    late &= (people.habit[np.where(late, bought.customer, 0)] != STORE) & (
        rng.random(len(bought)) < BEFOREHAND
    )
    before = bought.at[late] - rng.integers(600, 36_000, int(late.sum()))
    customer = np.concatenate([idle, bought.customer[late]])
    at = np.concatenate([idle_at, before])
    known = at >= people.joined_at[customer]
    good = people.favourites[customer, rng.integers(0, 3, len(customer))]
    order = np.lexsort((at[known], customer[known]))
    return Looks(customer[known][order], at[known][order], good[known][order])


def looked_and_left(history: History, looks: Looks) -> Flags:
    """Say of every customer whether they once looked and bought nothing within three days."""
    bought = history.purchases
    theirs = bought.customer != STRANGER
    keys = np.sort(bought.customer[theirs] * _APART + bought.at[theirs])
    key = looks.customer * _APART + looks.at
    following = np.append(keys, np.iinfo(np.int64).max)[np.searchsorted(keys, key, side="right")]
    over = looks.at + LATEST <= int(history.until.timestamp())
    left = np.zeros(len(history.people), dtype=np.bool_)
    left[looks.customer[over & (following > key + LATEST)]] = True
    return left


def tell_looks(history: History, *, brand: Brand, now: datetime) -> None:
    """Record the looks of a history that was loaded; those recorded already are passed over."""
    record(_touches(history, brand), now=now)


def _touches(history: History, brand: Brand) -> Iterator[Touch]:
    looks, goods = draw_looks(history), history.shop.goods
    numbers = member_numbers(looks.customer).to_pylist()
    known = Identifier.objects.filter(brand=brand, kind="member_number", value__in=set(numbers))
    owners = dict(known.values_list("value", "customer_id"))
    rows = zip(numbers, looks.at.tolist(), looks.good.tolist(), strict=True)
    for number, at, good in rows:
        if number in owners:
            seen = goods[good]
            yield Touch(
                brand_id=brand.pk,
                customer_id=owners[number],
                kind=PRODUCT_VIEWED,
                occurred_at=datetime.fromtimestamp(at, UTC),
                source="web",
                message_id=f"look:{number}:{at}",
                properties={"sku": seen.sku, "name": seen.name, "category": seen.category},
                backfill=True,
            )
