"""Codes that take a share off, in their weeks of the year, for those who care."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from regulars.simulate.arrays import Floats, Numbers
from regulars.simulate.shop import Promotion

NONE = -1
EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Redeemed:
    """Which promotion each order used (NONE for none) and the rate it took off."""

    promotion: Numbers
    rate: Floats


def redeem(
    promotions: tuple[Promotion, ...], day: Numbers, thrift: Floats, rng: np.random.Generator
) -> Redeemed:
    """Let orders of these local days use the promotion then valid, the thrifty more often."""
    used = np.full(len(day), NONE, dtype=np.int64)
    willing = rng.random(len(day)) < 0.1 + 0.7 * thrift
    for place, promotion in enumerate(promotions):
        for first, last in _runs(promotion, day):
            used[(day >= first) & (day < last) & willing] = place
    rates = np.array([promotion.rate for promotion in promotions] + [0.0])
    return Redeemed(used, rates[used])


def _runs(promotion: Promotion, day: Numbers) -> list[tuple[int, int]]:
    if not len(day):
        return []
    years = range(
        (EPOCH + timedelta(days=int(day.min()))).year - 1,
        (EPOCH + timedelta(days=int(day.max()))).year + 1,
    )
    starts = [(date(year, promotion.month, promotion.day) - EPOCH).days for year in years]
    return [(start, start + promotion.days) for start in starts]
