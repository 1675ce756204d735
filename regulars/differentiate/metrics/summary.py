"""All that a brand's pages need to know at a glance, computed once for a day."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from regulars.differentiate.metrics.concentration import Concentration, concentration_from
from regulars.differentiate.metrics.crowd import Crowd, crowd_from
from regulars.differentiate.metrics.limits import Limits, Window, limits_from
from regulars.differentiate.metrics.rhythm import Rhythm
from regulars.differentiate.metrics.scores import Steps
from regulars.differentiate.metrics.shop import Shop, shop_from


@dataclass(frozen=True, kw_only=True)
class Summary:
    """The metrics of a brand as of a day.

    ``steps`` are those of the scores r, f and m; recency counts backwards, so its steps are
    negative days. ``cadences`` maps whole days to how many customers have a cadence of their own
    of that length.
    """

    as_of: date
    before: date
    currency: str
    limits: Limits
    window: Window
    rhythm: Rhythm
    crowd: Crowd
    concentration: Concentration
    shop: Shop
    steps: dict[str, Steps]
    cadences: dict[int, int]

    @property
    def median_days(self) -> float | None:
        """The median of all intervals: the cadence of who has none of their own."""
        return self.rhythm.median_days

    @property
    def stale_days(self) -> int | None:
        """Days from the newest order to the day one looks from."""
        return (self.as_of - self.shop.newest_on).days if self.shop.newest_on else None

    def as_dict(self) -> dict[str, Any]:
        return {
            "as_of": self.as_of.isoformat(),
            "before": self.before.isoformat(),
            "currency": self.currency,
            "limits": self.limits.as_dict(),
            "window": {"days": self.window.days, "basis": self.window.basis},
            "rhythm": sorted(self.rhythm.intervals.items()),
            "crowd": self.crowd.as_rows(),
            "concentration": self.concentration.as_dict(),
            "shop": self.shop.as_dict(),
            "steps": {name: list(steps.values) for name, steps in self.steps.items()},
            "cadences": sorted(self.cadences.items()),
        }


def summary_from(told: dict[str, Any]) -> Summary:
    """Read back what ``as_dict`` wrote."""
    return Summary(
        as_of=date.fromisoformat(told["as_of"]),
        before=date.fromisoformat(told["before"]),
        currency=told["currency"],
        limits=limits_from(told["limits"]),
        window=Window(**told["window"]),
        rhythm=Rhythm(dict(told["rhythm"])),
        crowd=crowd_from(told["crowd"]),
        concentration=concentration_from(told["concentration"]),
        shop=shop_from(told["shop"]),
        steps={name: Steps(tuple(values)) for name, values in told["steps"].items()},
        cadences=dict(told["cadences"]),
    )
