"""A shelf full of whatever facts can be: at midnight, on days of 23 hours, twice, given back."""

import json
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from regulars.differentiate.segments.tests.facts_drawn import TODAY
from regulars.differentiate.segments.tests.shelf import METRICS, OTHER_BRAND, VALUES, Shelf

ZONES = (
    "UTC", "Europe/London", "America/New_York", "Pacific/Apia", "Pacific/Pago_Pago",
    "Asia/Kolkata",
)  # fmt: skip
PEOPLE, ORDERS, EVENTS = 8, 26, 34
BORN = [None, date(2000, 2, 29), date(2024, 4, 1), date(2024, 3, 31), date(1990, 12, 31)]
EDGES = [
    date(2025, 3, 30),  # London's clocks go forward, and yesterday
    date(2025, 3, 9),  # New York's
    TODAY, TODAY + timedelta(1), TODAY - timedelta(7), TODAY - timedelta(30),
    date(2025, 3, 1), date(2025, 2, 28), date(2025, 1, 1), date(2024, 12, 31), date(2024, 3, 31),
]  # fmt: skip
GOODS = (
    (1, "tea-1", "Tea/Green", "Sencha", "Ito"), (2, "TEA-2", "tea > Black", "Assam", "Rao"),
    (3, "cup", "Teaware", "Cup", "ITO"), (4, "x", "", "", ""), (5, "jar", "Tea", "Dose", ""),
)  # fmt: skip
OWN = [{}, {"cups": 2, "blend": "Breakfast"}, {"cups": 0.5, "milk": True, "since": "2025-03-01"},
       {"milk": False, "blend": "", "since": "soon"}, {"roast": "dark", "cups": None}]  # fmt: skip
TOLD = [{}, {"sku": "tea-1", "price": 3, "until": "2025-03-20"}, {"sku": "CUP", "price": "9.5"},
        {"sku": "", "price": None}, {"sku": 7, "price": "dear", "until": "soon"},
        {"price": "NaN"}, {"price": -1}]  # fmt: skip
PLACES = {
    "channel": ["", "web", "Store"], "coupon": ["", "SPRING", "spring"], "branch_id": [None, 1, 2],
}  # fmt: skip
PROFILE = {
    "city": ["", "London", "london", "上海", "İzmir"], "gender": ["", "female", "male"],
    "language": ["", "en", "zh-hans"], "source": ["", "Walk-in", "web"], "region": ["", "Kent"],
    "country": ["", "GB", "CN"], "branch_id": [None, 1, 2], "born_on": BORN,
}  # fmt: skip
MEMBER = {
    "kind": ["child", "pet", "partner"], "species": ["", "cat"], "gender": ["", "female"],
    "stage": ["", "Kitten"], "born_on": BORN,
}  # fmt: skip


class Hostile:
    """Puts a shelf together; the same zone gives the same."""

    def __init__(self, zone: str) -> None:
        self.chance = Random(zone)
        self.shelf = Shelf(today=TODAY, zone=zone)
        self.zone = ZoneInfo(zone)

    def filled(self) -> Shelf:
        for number in range(1, PEOPLE + 1):
            own = json.dumps(self.chance.choice(OWN))
            self.shelf.customer(number, created_at=self.moment(), fields=own, **self.one(PROFILE))
        for number in (PEOPLE + 1, PEOPLE + 2):
            self.shelf.customer(number, alias_of=number - PEOPLE, created_at=self.moment())
        self.shelf.customer(99, brand_id=OTHER_BRAND)
        for number, sku, category, name, maker in GOODS:
            told = {"sku": sku, "category": category, "name": name, "maker": maker}
            self.shelf.add("products", id=number, **told)
        self._commerce()
        self._events()
        for number in range(1, PEOPLE):
            self.shelf.metrics.append({"customer_id": number, **self.row(METRICS)})
            self.shelf.values.append({"customer_id": number, **self.row(VALUES)})
            self.shelf.add("household", customer_id=self.anybody(), **self.one(MEMBER))
            self.shelf.add("identifiers", customer_id=self.anybody(),
                           kind=self.chance.choice(["email", "phone"]))  # fmt: skip
        return self.shelf

    def moment(self) -> datetime:
        """An instant at or beside a midnight of the brand's, or any."""
        if self.chance.random() < 0.3:
            return datetime(2025, 4, 2, tzinfo=UTC) - timedelta(
                seconds=self.chance.randrange(86_400 * 460)
            )
        edge = datetime.combine(self.chance.choice(EDGES), time(), self.zone)
        beside = timedelta(seconds=self.chance.choice([-1, 0, 1, 3_600, -3_600, 43_200]))
        return edge.astimezone(UTC) + beside

    def anybody(self) -> int | None:
        return self.chance.choice([None, *range(1, PEOPLE + 3), 99])

    def one(self, choices: dict[str, list[Any]]) -> dict[str, Any]:
        return {name: self.chance.choice(given) for name, given in choices.items()}

    def row(self, schema: Any) -> dict[str, Any]:
        """A row of what was computed, of which a fourth is unknown."""
        found = {}
        for field in list(schema)[3:]:
            kind = str(field.type)
            found[field.name] = None if self.chance.random() < 0.25 else {
                "double": self.chance.choice([0.0, 0.5, 1.0, 3.0, 60.0]),
                "int64": self.chance.choice([-50, 0, 300, 900]),
                "date32[day]": self.chance.choice([*EDGES, TODAY + timedelta(30)]),
                "bool": self.chance.random() < 0.5,
                "string": self.chance.choice(WORDS.get(field.name, ["other"])),
            }[kind]  # fmt: skip
        return found

    def _commerce(self) -> None:
        for _nth in range(ORDERS):
            lines = [
                (self.chance.choice([1, 2, 3, 4, 5]), self.chance.choice([1.0, 2.0, 0.5]),
                 self.chance.choice([0, 1, 300, 600]))
                for _line in range(self.chance.randint(1, 3))
            ]  # fmt: skip
            self.shelf.order(self.anybody(), self.moment(), *lines, **self.one(PLACES))
        twice, place = datetime(2025, 3, 1, tzinfo=UTC), self.one(PLACES)
        for _time in range(2):
            self.shelf.order(1, twice, (1, 1.0, 300), **place)
        for line in list(self.shelf.rows["lines"]):
            self._give_back(line)

    def _give_back(self, line: dict[str, Any]) -> None:
        """Give back a line whole, in part, in parts, worth nothing, later than today, or not."""
        how = self.chance.choice(["", "", "", "whole", "half", "halves", "worthless"])
        shares = {"": [], "whole": [1], "half": [2], "halves": [2, 2], "worthless": [1]}[how]
        for share in shares:
            day = line["placed_on"] + timedelta(self.chance.choice([0, 1, 20, 90]))
            amount = 0 if how == "worthless" else line["amount_minor"] // share
            self.shelf.refund(line["id"], day, line["quantity"] / share, amount)

    def _events(self) -> None:
        for _nth in range(EVENTS):
            self.shelf.add(
                "events", customer_id=self.anybody(), occurred_at=self.moment(),
                kind=self.chance.choice(["Product Viewed", "Product Viewed", "Order Completed"]),
                properties=json.dumps(self.chance.choice(TOLD)),
                value_minor=self.chance.choice([None, 0, 500]),
                source=self.chance.choice(["", "Web", "till"]),
                backfill=self.chance.random() < 0.3,
            )  # fmt: skip


WORDS = {
    "cell": ["active/new", "silent/fan"], "cell_before": ["active/new", "dormant/new"],
    "recency_state": ["active", "silent"], "frequency_state": ["new", "fan"],
    "due_state": ["due", "later"], "churn_state": ["safe", "at-risk", "lost"],
}  # fmt: skip
