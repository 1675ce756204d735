"""What comes back: some lines of some orders, days later, not always saying from which order."""

from dataclasses import dataclass

import numpy as np

from regulars.simulate.arrays import DAY, Flags, Floats, Numbers
from regulars.simulate.baskets import Lines, Orders
from regulars.simulate.goods import Shelf
from regulars.simulate.people import People
from regulars.simulate.purchases import STRANGER


@dataclass(frozen=True, slots=True)
class Refunds:
    """One row a refunded line. Lines of one order come back together, in one refund."""

    line: Numbers  # place in the run of lines
    quantity: Floats
    amount: Numbers
    at: Numbers
    referenced: Flags


def draw_refunds(
    orders: Orders,
    lines: Lines,
    people: People,
    shelf: Shelf,
    rng: np.random.Generator,
    *,
    until: int,
    unreferenced: float,
) -> Refunds:
    """Draw the refunds of a run of orders that happen before ``until``."""
    known = orders.customer != STRANGER
    returning = np.where(known, people.returning[np.where(known, orders.customer, 0)], 1.0)
    at = orders.at + (rng.lognormal(1.6, 0.9, len(orders)) * DAY).astype(np.int64)
    silent = rng.random(len(orders)) < unreferenced
    likely = np.clip(shelf.returns[lines.good] * returning[lines.order], 0, 0.6)
    comes = (rng.random(len(lines)) < likely) & (at[lines.order] < until)
    line = np.flatnonzero(comes)
    quantity, amount = _returned(lines, shelf, line, rng)
    order = lines.order[line]
    return Refunds(line, quantity, amount, at[order], ~silent[order])


def _returned(
    lines: Lines, shelf: Shelf, line: Numbers, rng: np.random.Generator
) -> tuple[Floats, Numbers]:
    """Return quantity and money given back: whole lines, or some of several units."""
    bought = lines.quantity[line]
    some = np.ceil(rng.random(len(line)) * bought)
    part = ~shelf.loose[lines.good[line]] & (rng.random(len(line)) < 0.5)
    quantity = np.where(part, some, bought)
    whole = quantity >= bought
    share = np.floor(lines.amount[line] * quantity / bought).astype(np.int64)
    return quantity, np.where(whole, lines.amount[line], share)
