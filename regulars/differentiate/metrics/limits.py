"""Where the lines of the board are drawn."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from regulars.differentiate.metrics.models import Thresholds
from regulars.differentiate.metrics.rhythm import Rhythm
from regulars.organization.public import Brand

FIXED = "fixed"
ASSUMED_DAYS = 90  # until somebody comes back and shows how long it takes


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """A brand's thresholds as figures; the defaults are the product's definitions."""

    active_days: int | None = None
    percentile: int = 80
    silent_multiple: float = 2.0
    dormant_multiple: float = 4.0
    second_from: int = 2
    regular_from: int = 3
    fan_from: int = 6
    due_within_days: int = 7
    leaving_within_days: int = 7

    def window_in(self, rhythm: Rhythm) -> "Window":
        """Return the active window of a shop with this rhythm."""
        if self.active_days is not None:
            return Window(days=float(self.active_days), basis=FIXED)
        days = rhythm.percentile(self.percentile)
        if days is None:
            return Window(days=float(ASSUMED_DAYS), basis="assumed")
        return Window(days=days, basis="rhythm")

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """The active window *A* in days, not rounded, and what it rests on: fixed, rhythm, assumed."""

    days: float
    basis: str


DEFAULTS = Limits()


def limits_of(brand: Brand) -> Limits:
    """Return the brand's own limits, or the defaults."""
    return limits_in(Thresholds.objects.filter(brand=brand).first())


def limits_in(row: Thresholds | None) -> Limits:
    """Read the limits of a row; the defaults when there is none."""
    if row is None:
        return DEFAULTS
    return limits_from({field.name: getattr(row, field.name) for field in fields(Limits)})


def limits_from(told: Mapping[str, Any]) -> Limits:
    """Read limits from what a row, a form or an earlier run says."""
    days = told["active_days"]
    return Limits(
        active_days=None if days is None else int(days),
        percentile=int(told["percentile"]),
        silent_multiple=float(told["silent_multiple"]),
        dormant_multiple=float(told["dormant_multiple"]),
        second_from=int(told["second_from"]),
        regular_from=int(told["regular_from"]),
        fan_from=int(told["fan_from"]),
        due_within_days=int(told["due_within_days"]),
        leaving_within_days=int(told["leaving_within_days"]),
    )
