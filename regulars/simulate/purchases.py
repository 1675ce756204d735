"""When everybody buys: the process of ``shop.Process``, drawn for all customers at once."""

from dataclasses import dataclass

import numpy as np

from regulars.simulate.arrays import Flags, Floats, Numbers, firsts, place_within, running, stream
from regulars.simulate.people import People
from regulars.simulate.season import Pace
from regulars.simulate.shop import Shop

STRANGER = -1
NEVER = -1


@dataclass(frozen=True, slots=True)
class Purchases:
    """One row an order, in the order of time; ``before`` is the same customer's last order."""

    customer: Numbers
    at: Numbers
    before: Numbers  # NEVER for the first
    nth: Numbers  # 0 for the first

    def __len__(self) -> int:
        return len(self.customer)


@dataclass(frozen=True, slots=True)
class Lives:
    """How customers' relations went: repeat purchases, and the end (NEVER while it goes on)."""

    repeats: Numbers
    left_at: Numbers


def draw_purchases(
    shop: Shop, people: People, paces: tuple[Pace, ...], *, seed: int
) -> tuple[Purchases, Lives]:
    """Draw every purchase of known people, and those of strangers among them."""
    left = _operational_time_left(people, paces)
    repeats, stays, spare = _repeats(shop, people, left, seed=seed)
    customer = np.repeat(np.arange(len(people)), repeats + people.buys)
    share = _shares(customer, spare, seed=seed)
    at = _instants(people, paces, customer, share, left)
    ends = np.full(len(people), NEVER, dtype=np.int64)
    last = np.append(firsts(customer)[1:], True) if len(customer) else np.zeros(0, dtype=np.bool_)
    ends[customer[last]] = at[last]
    lives = Lives(repeats, np.where(stays, NEVER, ends))
    return _in_order(customer, at, _strangers(shop, paces, len(at), seed=seed)), lives


def _operational_time_left(people: People, paces: tuple[Pace, ...]) -> Floats:
    joined = people.joined_at.astype(np.float64)
    left = np.empty(len(people))
    for habit, pace in enumerate(paces):
        chosen = people.habit == habit
        left[chosen] = pace.whole - pace.until(joined[chosen])
    return left


def _repeats(
    shop: Shop, people: People, left: Floats, *, seed: int
) -> tuple[Numbers, Flags, Numbers]:
    """Return repeats made, who has not left, and how many purchases leaving prevented."""
    wanted = stream(seed, "wanted").poisson(people.rate * left)
    allowed = stream(seed, "allowed").geometric(np.clip(people.dropout, 1e-9, 1.0))
    at_once = np.array([kind.process.may_leave_at_once for kind in shop.segments])[people.segment]
    allowed = np.where(at_once, allowed - 1, allowed)
    repeats = np.where(people.buys, np.minimum(wanted, allowed), 0)
    return repeats, (repeats < allowed) | ~people.buys, wanted - repeats


def _shares(customer: Numbers, spare: Numbers, *, seed: int) -> Floats:
    """Place each purchase in its customer's time: 0 is the first purchase, 1 the end.

    Given their number, the purchases of a Poisson process lie like sorted uniform draws, that is
    like sums of exponential gaps over the sum of all gaps; the gaps after the last purchase made
    are summed up by one gamma draw.
    """
    rng = stream(seed, "gaps")
    gaps = np.where(firsts(customer), 0.0, rng.exponential(size=len(customer)))
    passed = running(gaps, customer)
    whole = np.bincount(customer, gaps, len(spare)) + rng.gamma(spare + 1.0)
    return passed / whole[customer]


def _instants(
    people: People, paces: tuple[Pace, ...], customer: Numbers, share: Floats, left: Floats
) -> Numbers:
    at = people.joined_at[customer]
    for habit, pace in enumerate(paces):
        chosen = (people.habit[customer] == habit) & (share > 0)
        who = customer[chosen]
        at[chosen] = pace.instant(pace.whole - left[who] * (1 - share[chosen])).astype(np.int64)
    return at


def _strangers(shop: Shop, paces: tuple[Pace, ...], orders: int, *, seed: int) -> Numbers:
    rng = stream(seed, "strangers")
    return (
        paces[0]
        .instant(rng.random(rng.poisson(orders * shop.strangers)) * paces[0].whole)
        .astype(np.int64)
    )


def _in_order(customer: Numbers, at: Numbers, strangers: Numbers) -> Purchases:
    nth = place_within(customer)
    before = np.where(nth > 0, np.roll(at, 1), NEVER)
    none = np.full(len(strangers), STRANGER, dtype=np.int64)
    order = np.argsort(np.concatenate([at, strangers]), kind="stable")
    return Purchases(
        customer=np.concatenate([customer, none])[order],
        at=np.concatenate([at, strangers])[order],
        before=np.concatenate([before, none])[order],
        nth=np.concatenate([nth, none + 1])[order],
    )
