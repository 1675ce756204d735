"""Busy and quiet hours: a shop's own time, in which its customers buy evenly.

Purchases come at rate λ·s(t), where s is how busy the shop is, on average 1. In *operational time*,
the integral of s, they are an ordinary Poisson process, so seasons change no parameter. This
replaces thinning: it is exact, and throws nothing away.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from regulars.simulate.arrays import DAY, Floats, Numbers
from regulars.simulate.shop import Season, Shop

HOUR = 3600


@dataclass(frozen=True, slots=True)
class Hours:
    """Every hour between opening and the end: local calendar, as columns."""

    start: int  # seconds since 1970
    edges: Floats  # len(hours) + 1, seconds since 1970
    offset: Numbers  # seconds to add for local time
    month: Numbers  # 0 = January
    weekday: Numbers  # 0 = Monday
    hour: Numbers
    day: Numbers  # local days since 1970

    def local_day(self, at: Numbers) -> Numbers:
        """Return the local day, counted from 1970, of instants in seconds."""
        return (at + self.offset[(at - self.start) // HOUR]) // DAY


@dataclass(frozen=True, slots=True)
class Pace:
    """One way of being busy over the hours; operational time is in days."""

    edges: Floats
    passed: Floats

    @property
    def whole(self) -> float:
        return float(self.passed[-1])

    def until(self, at: Floats) -> Floats:
        """Turn instants into operational time."""
        return np.interp(at, self.edges, self.passed)

    def instant(self, passed: Floats) -> Floats:
        """Turn operational time into instants."""
        return np.interp(passed, self.passed, self.edges)


def hours_of(*, opened_at: datetime, until: datetime, timezone: str) -> Hours:
    """Lay out the hours from ``opened_at`` to ``until``, whole hours in UTC."""
    zone, start = ZoneInfo(timezone), int(opened_at.timestamp()) // HOUR * HOUR
    starts = np.arange(start, int(until.timestamp()), HOUR, dtype=np.int64)
    moments = [datetime.fromtimestamp(int(second), UTC).astimezone(zone) for second in starts]
    offset = np.array([_offset(moment) for moment in moments], dtype=np.int64)
    local = starts + offset
    return Hours(
        start=start,
        edges=np.append(starts, int(until.timestamp())).astype(np.float64),
        offset=offset,
        month=np.array([moment.month - 1 for moment in moments], dtype=np.int64),
        weekday=np.array([moment.weekday() for moment in moments], dtype=np.int64),
        hour=local // HOUR % 24,
        day=local // DAY,
    )


def paces(shop: Shop, hours: Hours) -> tuple[Pace, Pace, Pace]:
    """Return how the shop is busy for store-goers, web-goers, and people who do both."""
    store = busyness(shop.season, hours, web=False)
    web = busyness(shop.season, hours, web=True)
    return _pace(store, hours), _pace(web, hours), _pace((store + web) / 2, hours)


def acquisition(shop: Shop, hours: Hours) -> Pace:
    """Return the pace at which new people come: growing, with a lift in the first weeks."""
    share = np.linspace(0.0, 1.0, len(hours.day))
    weeks = (hours.day - hours.day[0]) / 7
    growth = shop.growth**share * (1 + (shop.opening - 1) * np.exp(-weeks / 4))
    return _pace(busyness(shop.season, hours, web=False) * growth, hours)


def busyness(season: Season, hours: Hours, *, web: bool) -> Floats:
    """Return how busy each hour is, 1 on average."""
    days = season.web_days if web else season.store_days
    clock = season.web_hours if web else season.store_hours
    weight = np.asarray(season.months)[hours.month] * np.asarray(days)[hours.weekday]
    weight = weight * np.asarray(clock)[hours.hour] * _festive(season, hours)
    return np.asarray(weight / weight.mean(), dtype=np.float64)


def _festive(season: Season, hours: Hours) -> Floats:
    lift = np.ones(len(hours.day))
    for festival in season.festivals:
        for feast in festival.dates:
            ahead = (feast - date(1970, 1, 1)).days - hours.day
            ramp = np.clip(1 - ahead / festival.days, 0, 1) * (ahead >= 0)
            lift += (festival.lift - 1) * ramp
    return lift


def _pace(weight: Floats, hours: Hours) -> Pace:
    spans = np.diff(hours.edges) / DAY
    passed = np.concatenate([[0.0], np.cumsum(weight * spans)])
    return Pace(hours.edges, passed * (spans.sum() / passed[-1]))


def _offset(moment: datetime) -> int:
    return int((moment.utcoffset() or timedelta()).total_seconds())
