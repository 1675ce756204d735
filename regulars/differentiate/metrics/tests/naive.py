"""The same definitions once more, in plain Python, one customer after the other."""

import itertools
from collections import defaultdict
from datetime import date, timedelta
from fractions import Fraction
from math import ceil, floor
from statistics import median
from typing import Any

from regulars.differentiate.metrics.tests.ledger import BRAND, Ledger

Row = dict[str, Any]


class Naive:
    """What a ledger says as of a day."""

    def __init__(self, ledger: Ledger, as_of: date) -> None:
        self.as_of = as_of
        rows = {
            name: [r for r in all_ if r["brand_id"] == BRAND] for name, all_ in ledger.rows.items()
        }
        self.rows = rows
        self.self_of = {r["id"]: r["canonical_id"] for r in rows["customers"]}
        self.people = sorted({r["canonical_id"] for r in rows["customers"]})

    def visit_values(self, until: date) -> dict[int, dict[date, int]]:
        """For each customer the days with orders and what they are worth, as known on a day."""
        refunds = {r["id"]: r for r in self.rows["refunds"] if r["refunded_on"] <= until}
        lines = {r["id"]: r for r in self.rows["refund_lines"] if r["refund_id"] in refunds}
        back: dict[int, int] = defaultdict(int)
        for match in self.rows["refund_matches"]:
            if match["refund_line_id"] in lines:
                back[match["order_id"]] += match["amount_minor"]
        found: dict[int, dict[date, int]] = defaultdict(lambda: defaultdict(int))
        for order in self.rows["orders"]:
            if order["customer_id"] is not None and order["placed_on"] <= until:
                who = self.self_of[order["customer_id"]]
                found[who][order["placed_on"]] += order["net_minor"] - back[order["id"]]
        return found

    def visits(self, until: date) -> dict[int, list[date]]:
        values = self.visit_values(until)
        return {who: sorted(d for d, v in values[who].items() if v > 0) for who in self.people}

    def net(self, who: int) -> int:
        bought = sum(
            o["net_minor"] for o in self.rows["orders"]
            if o["customer_id"] is not None and self.self_of[o["customer_id"]] == who
            and o["placed_on"] <= self.as_of
        )  # fmt: skip
        back = sum(
            r["amount_minor"] for r in self.rows["refunds"]
            if r["customer_id"] is not None and self.self_of[r["customer_id"]] == who
            and r["refunded_on"] <= self.as_of
        )  # fmt: skip
        return bought - back

    def intervals(self) -> list[int]:
        return [
            (b - a).days
            for days in self.visits(self.as_of).values()
            for a, b in itertools.pairwise(days)
        ]

    def active_days(self) -> float:
        found = sorted(self.intervals())
        if not found:
            return 90.0
        place = Fraction(4 * (len(found) - 1), 5)
        below, above = found[floor(place)], found[ceil(place)]
        return float(below + (above - below) * (place - floor(place)))

    def state(self, days: list[date], on: date) -> str | None:
        if not days:
            return None
        recency, limit, often = (on - days[-1]).days, self.active_days(), len(days)
        how_long = (
            "active" if recency <= limit else "silent" if recency <= 2 * limit
            else "dormant" if recency <= 4 * limit else "churned"
        )  # fmt: skip
        how_often = {1: "new", 2: "second-time"}.get(often, "regular" if often <= 5 else "fan")
        return f"{how_long}/{how_often}"

    def scores(self, value: dict[int, int]) -> dict[int, int]:
        """1 + floor(5 × share strictly below), in whole numbers, at most 5."""
        every = list(value.values())
        return {
            who: min(5, 1 + 5 * sum(other < mine for other in every) // len(every))
            for who, mine in value.items()
        }

    def judged(self, month_before: date) -> dict[int, Row]:
        now, then = self.visits(self.as_of), self.visits(month_before)
        came = [who for who in self.people if now[who]]
        brand_median = median(self.intervals()) if self.intervals() else None
        r = self.scores({who: -(self.as_of - now[who][-1]).days for who in came})
        f = self.scores({who: len(now[who]) for who in came})
        m = self.scores({who: self.net(who) for who in came})
        rows = {}
        for who in self.people:
            days = now[who]
            gaps = [(b - a).days for a, b in itertools.pairwise(days)]
            cadence = median(gaps) if len(days) >= 3 else brand_median if days else None
            due = None if cadence is None else days[-1] + timedelta(days=floor(cadence + 0.5))
            left = self.active_days() - (self.as_of - days[-1]).days if days else -1
            rows[who] = {
                "visits": len(days),
                "net_minor": self.net(who),
                "cell": self.state(days, self.as_of),
                "cell_before": self.state(then[who], month_before),
                "r": r.get(who), "f": f.get(who), "m": m.get(who),
                "first_visit_on": days[0] if days else None,
                "last_visit_on": days[-1] if days else None,
                "recency_days": (self.as_of - days[-1]).days if days else None,
                "cadence_days": cadence,
                "due_on": due,
                "due_state": self.due_state(due),
                "leaving": 0 <= left <= 7,
            }  # fmt: skip
        return rows

    def due_state(self, due: date | None) -> str | None:
        if due is None:
            return None
        days = (due - self.as_of).days
        return "overdue" if days < 0 else "due" if days <= 7 else "later"
