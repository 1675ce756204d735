"""The sixteen cells of the board: how long ago × how often."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from regulars.differentiate.metrics.limits import Limits, Window

if TYPE_CHECKING:
    import ibis

RECENCY_STATES = ("active", "silent", "dormant", "churned")
FREQUENCY_STATES = ("new", "second-time", "regular", "fan")
CELLS = tuple(f"{recency}/{often}" for recency in RECENCY_STATES for often in FREQUENCY_STATES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """The lines of a board in days and visits."""

    active_days: float
    silent_days: float
    dormant_days: float
    second_from: int
    regular_from: int
    fan_from: int

    def recency_state(self, recency_days: "ibis.Column") -> "ibis.Column":
        """Return active, silent, dormant or churned; null for who never came."""
        return recency_days.isnull().ifelse(
            None,
            (recency_days <= self.active_days).ifelse(
                "active",
                (recency_days <= self.silent_days).ifelse(
                    "silent", (recency_days <= self.dormant_days).ifelse("dormant", "churned")
                ),
            ),
        )

    def frequency_state(self, visits: "ibis.Column") -> "ibis.Column":
        """Return new, second-time, regular or fan; null for who never came."""
        return (visits > 0).ifelse(
            (visits < self.second_from).ifelse(
                "new",
                (visits < self.regular_from).ifelse(
                    "second-time", (visits < self.fan_from).ifelse("regular", "fan")
                ),
            ),
            None,
        )

    def cell(self, recency_days: "ibis.Column", visits: "ibis.Column") -> "ibis.Column":
        """Return the cell as in ``active/fan``."""
        return self.recency_state(recency_days) + "/" + self.frequency_state(visits)


def lines_of(limits: Limits, window: Window) -> Lines:
    """Draw the lines of a board."""
    return Lines(
        active_days=window.days,
        silent_days=window.days * limits.silent_multiple,
        dormant_days=window.days * limits.dormant_multiple,
        second_from=limits.second_from,
        regular_from=limits.regular_from,
        fan_from=limits.fan_from,
    )
