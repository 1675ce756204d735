"""What plain Python says of each person: who they are, where, and what others computed of them."""

import json
from datetime import date, datetime, time, timedelta
from typing import Any

from regulars.differentiate.segments.lot import PRIME, lot_of
from regulars.differentiate.segments.tests.comparing import compare
from regulars.differentiate.segments.tests.days import Days
from regulars.differentiate.segments.tests.kept import CITIES, FROZEN, LISTED, SAVED
from regulars.differentiate.segments.tests.shelf import BRAND, Shelf

Row = dict[str, Any]


class OfPeople(Days):
    def __init__(self, shelf: Shelf, now: datetime) -> None:
        super().__init__(shelf.today)
        self.shelf, self.zone = shelf, shelf.brand.zone
        ends_at = datetime.combine(self.today + timedelta(1), time(), self.zone)
        self.now, self.ends_at = min(now, ends_at), ends_at
        self.rows = {
            name: [row for row in rows if row["brand_id"] == BRAND]
            for name, rows in shelf.rows.items()
        }
        self.self_of = {row["id"]: row["canonical_id"] for row in self.rows["customers"]}
        self.people = {r["id"]: r for r in self.rows["customers"] if r["id"] == r["canonical_id"]}
        self.values = {row["customer_id"]: row for row in shelf.values}
        self.metrics = {row["customer_id"]: row for row in shelf.metrics}

    def members(self, node: Row) -> set[int]:
        return {who for who in self.people if self.holds(node, who)}

    def holds(self, node: Row, who: int) -> bool:
        if "all" in node:
            return all(self.holds(one, who) for one in node["all"])
        if "any" in node:
            return any(self.holds(one, who) for one in node["any"])
        if "none" in node:
            return not any(self.holds(one, who) for one in node["none"])
        return self.compare(node, getattr(self, f"of_{node['condition']}")(node, who))

    def compare(self, asked: Row, value: Any) -> bool:
        return compare(asked, value, self.today)

    def of_profile(self, node: Row, who: int) -> Any:
        row = self.people[who]
        if node["about"] == "known_since":
            return row["created_at"].astimezone(self.zone).date()
        if node["about"] == "age":
            return self.age(row.get("born_on"))
        return row.get(node["about"]) or None

    def of_place(self, node: Row, who: int) -> Any:
        row = self.people[who]
        if node["about"] == "branch":
            return str(row["branch_id"]) if row.get("branch_id") else None
        if node["about"] == "branch_in_city":
            return row["city"].lower() in CITIES if row.get("city") else None
        return row.get(node["about"]) or None

    def of_list(self, _node: Row, who: int) -> bool:
        return who in {self.self_of[one] for one in LISTED if one in self.self_of}

    def of_segment(self, node: Row, who: int) -> bool:
        if node["about"] == "1":
            return self.holds(SAVED, who)
        return who in {self.self_of[one] for one in FROZEN if one in self.self_of}

    def of_share(self, node: Row, who: int) -> float:
        return lot_of(who, node["seed"]) / PRIME * 100

    def of_worth(self, node: Row, who: int) -> Any:
        return self.values.get(who, {}).get(node["about"])

    def of_field(self, node: Row, who: int) -> Any:
        value = json.loads(self.people[who]["fields"]).get(node["about"])
        if node["about"] == "since" and value:
            return date.fromisoformat(value) if value[0].isdigit() else None
        return None if value == "" else value

    def of_metric(self, node: Row, who: int) -> Any:
        return self.metrics.get(who, {}).get(node["about"])

    def of_identifier(self, node: Row, who: int) -> bool:
        known = self.theirs("identifiers", who)
        return any(row["kind"] == node["about"] for row in known)

    def of_anniversary(self, node: Row, who: int) -> Any:
        what, _dot, ask = node["about"].partition(".")
        known_since = self.people[who]["created_at"].astimezone(self.zone).date()
        day = {"birthday": self.people[who].get("born_on"), "known_since": known_since,
               "first_visit": self.metrics.get(who, {}).get("first_visit_on")}[what]  # fmt: skip
        if day is None:
            return None
        if ask == "month":
            return str(day.month)
        if ask == "in":
            return self.until_birthday(day)
        return (self.today - self.latest_birthday(day)).days

    def of_household(self, node: Row, who: int) -> Any:
        found = []
        for row in self.theirs("household", who):
            born = row.get("born_on")
            told = {**row, "age": self.age(born), "birthday_in": born and self.until_birthday(born)}
            if born:
                told["next_age"] = (self.today + timedelta(told["birthday_in"])).year - born.year
            if all(self.compare(one, told.get(one["about"]) or (
                told.get(one["about"]) if isinstance(told.get(one["about"]), int) else None
            )) for one in node.get("where", [])):  # fmt: skip
                found.append(told)
        ages = [one["age"] for one in found if one["age"] is not None]
        return {"members": len(found), "youngest": min(ages, default=None),
                "oldest": max(ages, default=None)}[node["about"]]  # fmt: skip

    def theirs(self, table: str, who: int) -> list[Row]:
        return [
            row for row in self.rows[table]
            if row.get("customer_id") is not None and self.self_of.get(row["customer_id"]) == who
        ]  # fmt: skip
