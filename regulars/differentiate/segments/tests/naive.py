"""What a tree says of each person, once more in plain Python, one fact after the other.

It knows nothing of how the conditions compile: it reads the JSON of a tree and the rows of a shelf.
"""

import json
from datetime import date, datetime, time, timedelta
from typing import Any

from regulars.differentiate.segments.tests.comparing import compare
from regulars.differentiate.segments.tests.days import Days
from regulars.differentiate.segments.tests.shelf import BRAND, Shelf

Row = dict[str, Any]


class Naive(Days):
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

    of_place = of_profile

    def of_field(self, node: Row, who: int) -> Any:
        value = json.loads(self.people[who]["fields"]).get(node["about"])
        return None if value == "" else value

    def of_metric(self, node: Row, who: int) -> Any:
        return self.metrics.get(who, {}).get(node["about"])

    def of_identifier(self, node: Row, who: int) -> bool:
        known = self.theirs("identifiers", who)
        return any(row["kind"] == node["about"] for row in known)

    def of_anniversary(self, node: Row, who: int) -> Any:
        born = self.people[who].get("born_on")
        if born is None:
            return None
        if node["about"] == "birthday.month":
            return str(born.month)
        if node["about"] == "birthday.in":
            return self.until_birthday(born)
        return (self.today - self.latest_birthday(born)).days

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

    def of_orders(self, node: Row, who: int) -> Any:
        bought = self.bought(node.get("where", []), node.get("window"), who)
        amounts = [one["amount"] for one in bought]
        days = [one["day"] for one in bought]
        return {
            "orders": lambda: len(bought), "days": lambda: len(set(days)),
            "amount.sum": lambda: sum(amounts),
            "amount.average": lambda: sum(amounts) / len(amounts) if amounts else None,
            "amount.least": lambda: min(amounts, default=None),
            "amount.most": lambda: max(amounts, default=None),
            "units": lambda: sum(line["left"] for one in bought for line in one["lines"]),
            "products": lambda: len({line["product_id"] for one in bought for line in one["lines"]}
                                    - {None}),
            "first_on": lambda: min(days, default=None), "last_on": lambda: max(days, default=None),
        }[node["about"]]()  # fmt: skip

    def bought(self, where: list[Row], window: Row | None, who: int) -> list[Row]:
        """The orders that count, with their lines that do; by lines when products are asked for."""
        found = []
        of_lines = [one for one in where if one["about"] in {"sku", "category"}]
        for order in self.theirs("orders", who):
            day = order["placed_on"]
            at = order["occurred_at"]
            if day > self.today or not self.within(window, day, at, who):
                continue
            whole = order["net_minor"] - self.back(order_id=order["id"])[0]
            told = {**order, "day": day, "at": order["occurred_at"], "order_amount": whole}
            kept = self.kept_lines(order, of_lines)
            if not all(self.compare(one, told.get(one["about"]) or None)
                       for one in where if one not in of_lines):  # fmt: skip
                continue
            gone = 0 < self.back(order_id=order["id"])[0] >= order["net_minor"]
            if of_lines:
                if kept:
                    found.append({**told, "lines": kept, "amount": sum(k["worth"] for k in kept)})
            elif not gone:
                found.append({**told, "lines": kept, "amount": whole})
        return found

    def kept_lines(self, order: Row, where: list[Row]) -> list[Row]:
        goods = {row["id"]: row for row in self.rows["products"]}
        found = []
        for line in self.rows["lines"]:
            good = goods.get(line["product_id"], {})
            if line["order_id"] != order["id"]:
                continue
            if not all(self.compare(one, good.get(one["about"]) or None) for one in where):
                continue
            amount, quantity = self.back(line_id=line["id"])
            if quantity is None or quantity < line["quantity"]:
                worth = line["amount_minor"] - amount
                found.append({**line, "left": line["quantity"] - (quantity or 0), "worth": worth})
        return found

    def back(self, **of: int) -> tuple[int, float | None]:
        [(key, number)] = of.items()
        refunds = {r["id"] for r in self.rows["refunds"] if r["refunded_on"] <= self.today}
        lines = {r["id"] for r in self.rows["refund_lines"] if r["refund_id"] in refunds}
        found = [r for r in self.rows["refund_matches"]
                 if r[key] == number and r["refund_line_id"] in lines]  # fmt: skip
        quantity = sum(r["quantity"] for r in found) if found else None
        return sum(r["amount_minor"] for r in found), quantity

    def of_events(self, node: Row, who: int) -> Any:
        found = self.happened(node["event"], node.get("where", []), node.get("window"), who)
        days = [one["day"] for one in found]
        values = [one["value_minor"] for one in found if one.get("value_minor") is not None]
        own = [one["told"].get("price") for one in found]
        return {
            "times": lambda: len(found), "days": lambda: len(set(days)),
            "first_on": lambda: min(days, default=None), "last_on": lambda: max(days, default=None),
            "value.sum": lambda: sum(values),
            "value.average": lambda: sum(values) / len(values) if values else None,
            "distinct.sku": lambda: len({one["told"].get("sku") for one in found} - {None, ""}),
            "sum.price": lambda: sum(price for price in own if price is not None),
            "most.price": lambda: max((p for p in own if p is not None), default=None),
        }[node["about"]]()  # fmt: skip

    def happened(self, kind: str, where: list[Row], window: Row | None, who: int) -> list[Row]:
        found = []
        for event in self.theirs("events", who):
            at = event["occurred_at"]
            told = {**event, "told": json.loads(event["properties"]), "at": at}
            told["day"] = at.astimezone(self.zone).date()
            if event["kind"] != kind or at >= self.ends_at:
                continue
            if not self.within(window, told["day"], at, who):
                continue
            if all(self.compare(one, self.property_of(told, one["about"])) for one in where):
                found.append(told)
        return found

    def property_of(self, told: Row, key: str) -> Any:
        if key == "value":
            return told.get("value_minor")
        kind, _dot, name = key.partition(".")
        value = told["told"].get(name)
        if value in {None, ""}:
            return None
        return str(value) if kind == "text" else float(value)

    def of_sequence(self, node: Row, who: int) -> bool:
        first = self.moments(node["first"], node.get("window"), who)
        then = self.moments(node["then"], None, who)
        within = timedelta(hours=node["within_hours"])
        followed = [any(a < b <= a + within for b in then) for a in first]
        if node["about"] == "followed":
            return any(followed)
        return any(
            not came and at + within <= self.now for at, came in zip(first, followed, strict=True)
        )

    def moments(self, step: Row, window: Row | None, who: int) -> list[datetime]:
        if "event" in step:
            found = self.happened(step["event"], step.get("where", []), window, who)
        else:
            found = self.bought(step.get("where", []), window, who)
        return [one["at"] for one in found]

    def within(self, window: Row | None, day: date, at: datetime | None, who: int) -> bool:
        if window is None:
            return True
        if window.get("unit") == "hours":
            return self.now - timedelta(hours=window["last"]) < at <= self.now
        if "days" in window:
            return self.near(window, day, who)
        start, end = self.span(window)
        return (start is None or day >= start) and (end is None or day <= end)

    def near(self, window: Row, day: date, who: int) -> bool:
        name = window.get("after") or window["before"]
        person = self.people[who]
        if name == "known_since":
            anchor = person["created_at"].astimezone(self.zone).date()
        elif name == "birthday":
            born = person.get("born_on")
            anchor = born and self.latest_birthday(born)
        else:
            anchor = self.metrics.get(who, {}).get(name)
        if anchor is None:
            return False
        passed = (day - anchor).days
        if "after" in window:
            return 0 <= passed <= window["days"]
        return -window["days"] <= passed <= 0

    def theirs(self, table: str, who: int) -> list[Row]:
        return [
            row for row in self.rows[table]
            if row.get("customer_id") is not None and self.self_of.get(row["customer_id"]) == who
        ]  # fmt: skip
