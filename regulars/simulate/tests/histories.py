"""Small histories for tests, and how far two distributions lie apart."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache

import numpy as np

from regulars.simulate.history import History, Run, simulate
from regulars.simulate.shop import Process, Shop, Spend
from regulars.simulate.shops import SHOPS

UNTIL = date(2026, 11, 22)
UNLIKELY = 1.95  # scaled Kolmogorov-Smirnov distances are above in one of a thousand


@cache
def history(slug: str = "teahouse", *, size: int = 3_000, seed: int = 1) -> History:
    return simulate(SHOPS[slug], size=size, seed=seed, years=3, until=UNTIL)


@cache
def runs(slug: str = "teahouse", *, size: int = 3_000, seed: int = 1) -> list[Run]:
    return list(history(slug, size=size, seed=seed).runs())


def plain(*, process: Process | None = None, spend: Spend | None = None) -> Shop:
    """Make a shop of one segment, without strangers, wholesale and refunds."""
    shop = SHOPS["plain"]
    segment = replace(
        shop.segments[0],
        process=process or shop.segments[0].process,
        spend=spend or shop.segments[0].spend,
    )
    return replace(shop, segments=(segment,), strangers=0.0, wholesale=0.0, refunds=0.0)


def distance(sample: np.ndarray, distribution: Callable[[np.ndarray], np.ndarray]) -> float:
    """Return the Kolmogorov-Smirnov distance times the root of n."""
    ordered = np.sort(sample)
    expected, places = distribution(ordered), np.arange(len(ordered)) / len(ordered)
    gap = max(np.abs(expected - places).max(), np.abs(expected - places - 1 / len(ordered)).max())
    return float(gap * np.sqrt(len(ordered)))


def distance_between(one: np.ndarray, other: np.ndarray) -> float:
    """Return the two-sample distance, scaled alike."""
    everything = np.concatenate([one, other])
    gap = np.abs(
        np.searchsorted(np.sort(one), everything, side="right") / len(one)
        - np.searchsorted(np.sort(other), everything, side="right") / len(other)
    ).max()
    return float(gap * np.sqrt(len(one) * len(other) / (len(one) + len(other))))
