"""What a tree says of each person, once more in plain Python, one fact after the other.

It knows nothing of how the conditions compile: it reads the JSON of a tree and the rows of a shelf.
"""

import json
import math
from datetime import date, datetime, timedelta
from typing import Any

from regulars.differentiate.segments.tests.naive_people import OfPeople

Row = dict[str, Any]
OF_GOODS = {"sku", "product", "maker", "category"}
BY_LINE = {"units", "products", "categories", "makers"}
WHETHER_ANY = [("at_least", 1), ("more_than", 0), ("equals", 0), ("less_than", 1), ("at_most", 0)]


class Naive(OfPeople):
    def of_orders(self, node: Row, who: int) -> Any:
        by_line = node["about"] in BY_LINE or (
            node["about"] == "orders" and (node["is"], node.get("value")) in WHETHER_ANY
        )
        bought = self.bought(node.get("where", []), node.get("window"), who, by_line=by_line)
        amounts = [one["amount"] for one in bought]
        days = [one["day"] for one in bought]
        return {
            "orders": lambda: len(bought), "days": lambda: len(set(days)),
            "amount.sum": lambda: sum(amounts),
            "amount.average": lambda: sum(amounts) / len(amounts) if amounts else None,
            "amount.least": lambda: min(amounts, default=None),
            "amount.most": lambda: max(amounts, default=None),
            "units": lambda: sum(line["left"] for one in bought for line in one["lines"]),
            "discount.sum": lambda: sum(one["discount"] for one in bought),
            "categories": lambda: self.kinds_of(bought, "category"),
            "makers": lambda: self.kinds_of(bought, "maker"),
            "branches": lambda: len({one["branch_id"] for one in bought} - {None}),
            "channels": lambda: len({one["channel"] for one in bought} - {""}),
            "products": lambda: len({line["product_id"] for one in bought for line in one["lines"]}
                                    - {None}),
            "first_on": lambda: min(days, default=None), "last_on": lambda: max(days, default=None),
        }[node["about"]]()  # fmt: skip

    def bought(
        self, where: list[Row], window: Row | None, who: int, *, by_line: bool = False
    ) -> list[Row]:
        """The orders that count, with their lines that do; by lines when products are asked for."""
        found = []
        of_lines = [one for one in where if one["about"] in OF_GOODS]
        for order in self.theirs("orders", who):
            day = order["placed_on"]
            at = order["occurred_at"]
            if day > self.today or not self.within(window, day, at, who):
                continue
            whole = order["net_minor"] - self.back(order_id=order["id"])[0]
            told = {**order, "day": day, "at": order["occurred_at"], "order_amount": whole,
                    "branch": str(order["branch_id"] or "")}  # fmt: skip
            kept = self.kept_lines(order, of_lines)
            if not all(self.compare(one, told.get(one["about"]) or None)
                       for one in where if one not in of_lines):  # fmt: skip
                continue
            gone = 0 < self.back(order_id=order["id"])[0] >= order["net_minor"]
            if of_lines or by_line:
                if kept:
                    found.append(
                        {
                            **told,
                            "lines": kept,
                            "amount": sum(k["worth"] for k in kept),
                            "discount": sum(k["discount_minor"] for k in kept),
                        }
                    )
            elif not gone:
                found.append(
                    {**told, "lines": kept, "amount": whole, "discount": order["discount_minor"]}
                )
        return found

    def kinds_of(self, bought: list[Row], name: str) -> int:
        goods = {row["id"]: row[name] for row in self.rows["products"]}
        return len({goods[line["product_id"]] for one in bought for line in one["lines"]} - {""})

    def kept_lines(self, order: Row, where: list[Row]) -> list[Row]:
        goods = {row["id"]: row for row in self.rows["products"]}
        found = []
        for line in self.rows["lines"]:
            good = goods.get(line["product_id"], {})
            good = {**good, "product": good.get("name")}
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
        prices = [p for one in found if (p := self.property_of(one, "number.price")) is not None]
        return {
            "times": lambda: len(found), "days": lambda: len(set(days)),
            "first_on": lambda: min(days, default=None), "last_on": lambda: max(days, default=None),
            "value.sum": lambda: sum(values),
            "value.average": lambda: sum(values) / len(values) if values else None,
            "distinct.sku": lambda: len({self.property_of(one, "text.sku") for one in found}
                                        - {None}),
            "sum.price": lambda: sum(prices),
            "average.price": lambda: sum(prices) / len(prices) if prices else None,
            "least.price": lambda: min(prices, default=None),
            "most.price": lambda: max(prices, default=None),
            "value.least": lambda: min(values, default=None),
            "value.most": lambda: max(values, default=None),
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
        if key in {"value", "source", "imported"}:
            known = {"value": "value_minor", "imported": "backfill"}.get(key, key)
            return told.get(known, False) if key == "imported" else told.get(known) or (
                told.get(known) if key == "value" else None)  # fmt: skip
        kind, _dot, name = key.partition(".")
        value = told["told"].get(name)
        if value in {None, ""}:
            return None
        if kind == "text":
            return str(value)
        try:
            found = date.fromisoformat(value) if kind == "day" else float(value)
        except (TypeError, ValueError):
            return None
        return None if isinstance(found, float) and not math.isfinite(found) else found

    def of_sequence(self, node: Row, who: int) -> bool:
        first = self.moments(node["first"], node.get("window"), who)
        then = self.moments(node["then"], None, who)
        if (node.get("window") or {}).get("unit") == "hours":
            then = [at for at in then if at <= self.now]
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
