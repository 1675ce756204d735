"""Answers to questions in plain Python, one fact after the other."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

from regulars.differentiate.explore.dimensions.product import NO_GOODS
from regulars.differentiate.explore.question import Question
from regulars.differentiate.explore.tests.ledger import BRAND, Ledger
from regulars.differentiate.metrics.public import AGE_BANDS

Row = dict[str, Any]
Key = tuple[str, ...]


def _age(person: Row, as_of: date) -> int | None:
    born = person.get("born_on")
    if born is None:
        return None
    years = as_of.year - born.year - ((as_of.month, as_of.day) < (born.month, born.day))
    return max((low for low in AGE_BANDS if low <= years), default=0)


def _own(person: Row, key: str) -> str | None:
    found = json.loads(person.get("fields") or "{}").get(key)
    return {True: "true", False: "false"}.get(found, found) if isinstance(found, bool) else found


def _first(person: Row) -> date | None:
    return person.get("first_visit_on")


def _path(product: Row, levels: int) -> str | None:
    steps = [step.strip() for step in product["category"].split("/")]
    return " / ".join(steps[:levels]) if len(steps) >= levels else None


STANDING = {"cell": "cell", "recency_state": "recency_state", "frequency_state": "frequency_state",
            "due": "due_state", "r": "r", "f": "f", "m": "m", "home_branch": "branch_id",
            "customer": "id"}  # fmt: skip
PROFILE = ("source", "city", "region", "country", "gender", "language")
OF_PERSON: dict[str, Callable[[Row, date], Any]] = {
    **{name: lambda who, _day, column=column: who.get(column) for name, column in STANDING.items()},
    **{name: lambda who, _day, name=name: who.get(name) for name in PROFILE},
    **{f"field.{key}": lambda who, _day, key=key: _own(who, key) for key in ("leaf", "member")},
    "age": _age,
    "cohort": lambda who, _day: _first(who) and _first(who).replace(day=1),
    "cohort_year": lambda who, _day: _first(who) and _first(who).year,
}
OF_PRODUCT: dict[str, Callable[[Row], Any]] = {
    "product": lambda product: product["id"],
    "maker": lambda product: product["maker"],
    "category": lambda product: _path(product, 1),
    "category_2": lambda product: _path(product, 2),
    "category_path": lambda product: product["category"],
}
OF_FACT: dict[str, Callable[[Row], Any]] = {
    "day": lambda fact: fact["day"],
    "week": lambda fact: fact["day"] - timedelta(days=fact["day"].weekday()),
    "month": lambda fact: fact["day"].replace(day=1),
    "quarter": lambda fact: fact["day"].replace(day=1, month=(fact["day"].month - 1) // 3 * 3 + 1),
    "year": lambda fact: fact["day"].replace(day=1, month=1),
    "weekday": lambda fact: fact["day"].weekday(),
    "branch": lambda fact: fact["branch_id"],
    "channel": lambda fact: fact["channel"],
    "coupon": lambda fact: fact["coupon"],
    "order": lambda fact: fact["id"],
}
FORESEEN = ("alive", "expected_visits", "expected_value")


class Naive:
    """What a ledger says as of a day; ``state`` are the customers' metrics of that day."""

    def __init__(
        self, ledger: Ledger, as_of: date, state: dict[int, Row], branches: frozenset[int] | None
    ) -> None:
        self.rows = {
            name: [r for r in rows if r["brand_id"] == BRAND] for name, rows in ledger.rows.items()
        }
        self.as_of, self.branches = as_of, branches
        self.self_of = {r["id"]: r["canonical_id"] for r in self.rows["customers"]}
        self.product_of = {r["id"]: r for r in self.rows["products"]}
        profile = {r["id"]: r for r in self.rows["customers"] if r["canonical_id"] == r["id"]}
        self.people = {
            who: {**profile[who], **{k: v for k, v in row.items() if k != "branch_id"}}
            for who, row in state.items()
            if branches is None or profile[who].get("branch_id") in branches
        }
        self.orders = {o["id"]: o for o in map(self._known, self.rows["orders"])}
        self.visited = self._visits()
        self.values = {who: told for who, told in ledger.values.items() if who in self.people}

    def _known(self, fact: Row) -> Row:
        who = fact["customer_id"]
        return {**fact, "who": None if who is None else self.self_of[who]}

    def _sees(self, fact: Row) -> bool:
        if self.branches is None:
            return True
        if fact["who"] is None:
            return fact["branch_id"] in self.branches
        return fact["who"] in self.people

    def _visits(self) -> set[tuple[int, date]]:
        refunds = {r["id"] for r in self.rows["refunds"] if r["refunded_on"] <= self.as_of}
        lines = {r["id"] for r in self.rows["refund_lines"] if r["refund_id"] in refunds}
        worth: dict[tuple[int, date], int] = defaultdict(int)
        for order in self.orders.values():
            if order["who"] is not None and order["placed_on"] <= self.as_of:
                worth[order["who"], order["placed_on"]] += order["net_minor"]
        for match in self.rows["refund_matches"]:
            order = self.orders[match["order_id"]]
            if match["refund_line_id"] in lines and (order["who"], order["placed_on"]) in worth:
                worth[order["who"], order["placed_on"]] -= match["amount_minor"]
        return {key for key, value in worth.items() if value > 0}

    # One fact of each kind, with everything it can be split by.

    def order_facts(self) -> Iterator[Row]:
        for order in self.orders.values():
            if order["placed_on"] <= self.as_of and self._sees(order):
                visit = (order["who"], order["placed_on"])
                yield {
                    **order,
                    "day": order["placed_on"],
                    "visit": visit if visit in self.visited else None,
                }

    def line_facts(self) -> Iterator[Row]:
        lines = defaultdict(list)
        for line in self.rows["lines"]:
            lines[line["order_id"]].append(line)
        for order in self.order_facts():
            for line in lines[order["id"]]:
                product = self.product_of.get(line["product_id"])
                yield {**order, "line": line, "product": product, "product_id": line["product_id"]}

    def refund_facts(self) -> Iterator[Row]:
        """Parts of refund lines, by the order they undo."""
        matches = defaultdict(list)
        for match in self.rows["refund_matches"]:
            matches[match["refund_line_id"]].append(match)
        refunds = {r["id"]: r for r in map(self._known, self.rows["refunds"])}
        for line in self.rows["refund_lines"]:
            refund = refunds[line["refund_id"]]
            if refund["refunded_on"] > self.as_of or not self._sees(refund):
                continue
            rest = line["amount_minor"] - sum(m["amount_minor"] for m in matches[line["id"]])
            parts = [(m["order_id"], m["amount_minor"]) for m in matches[line["id"]]]
            for order_id, amount in [*parts, (refund["order_id"], rest)]:
                order = self.orders.get(order_id, {})
                known = order if order and order["placed_on"] <= self.as_of else {}
                yield {
                    "who": refund["who"], "day": refund["refunded_on"], "amount": amount,
                    "branch_id": refund["branch_id"], "channel": known.get("channel"),
                    "coupon": known.get("coupon"), "id": known.get("id"),
                    "product_id": line["product_id"],
                    "product": self.product_of.get(line["product_id"]),
                }  # fmt: skip

    def first_visits(self) -> Iterator[Row]:
        for who, person in self.people.items():
            if person["visits"]:
                yield {"who": who, "day": person["first_visit_on"]}

    def value(self, fact: Row, dimension: str) -> str:
        if dimension in OF_PERSON:
            found = OF_PERSON[dimension](self.people.get(fact["who"], {}), self.as_of)
        elif dimension in OF_PRODUCT:
            product = fact.get("product")
            found = product and (OF_PRODUCT[dimension](product) if product["goods"] else NO_GOODS)
        else:
            found = OF_FACT[dimension](fact)
        return "" if found is None else str(found)

    def answer(self, question: Question) -> dict[Key, dict[str, float | None]]:
        """Return the figures by the values of the dimensions, and by () for the whole."""
        span = question.period.span(as_of=self.as_of)
        told: dict[Key, dict[str, Any]] = defaultdict(lambda: defaultdict(list))
        for name in {part.name for measure in question.measures for part in measure.parts}:
            for fact, counted in self.part(name):
                if span and "day" in fact and not span.first_on <= fact["day"] <= span.last_on:
                    continue
                if all(self._holds(fact, one) for one in question.where):
                    key = tuple(self.value(fact, one.key) for one in question.by)
                    told[key][name].append(counted)
                    if key:
                        told[()][name].append(counted)
        return {
            key: {m.key: self.figure(m.key, parts) for m in question.measures}
            for key, parts in told.items()
        }

    def _holds(self, fact: Row, condition: Any) -> bool:
        found = self.value(fact, condition.dimension.key) in condition.values
        return found != condition.excluded

    def part(self, name: str) -> Iterator[tuple[Row, Any]]:
        if name == "refunded":
            yield from ((fact, fact["amount"]) for fact in self.refund_facts())
        elif name == "began":
            yield from ((fact, 1) for fact in self.first_visits())
        elif name == "came_again":
            for fact in self.first_visits():
                yield fact, int(self.people[fact["who"]]["visits"] > 1)
        elif name in {"foreseen", *FORESEEN}:
            yield from self._foreseen(name)
        elif name == "known":
            yield from (({"who": who}, 1) for who in self.people)
        else:
            for fact in self.line_facts():
                yield from self._of_line(name, fact)

    def _foreseen(self, name: str) -> Iterator[tuple[Row, Any]]:
        for who, told in self.values.items():
            known = {"foreseen": told[1] is not None, **dict(zip(FORESEEN, told, strict=True))}
            yield {"who": who}, known[name] or 0

    def _of_line(self, name: str, fact: Row) -> Iterator[tuple[Row, Any]]:
        line, product = fact["line"], fact.get("product")
        cost = product["cost_minor"] if product else None
        if name in {"came", "visited"} and fact["visit"]:
            yield fact, fact["who"] if name == "came" else fact["visit"]
        if name == "bought" and fact["who"] is not None:
            yield fact, fact["who"]
        if name in {"placed", "placed_whole"}:
            yield fact, fact["id"]
        amounts = {
            "ordered": line["amount_minor"], "ordered_whole": line["amount_minor"],
            "discounted": line["discount_minor"],
            "sold": line["quantity"] if not product or product["goods"] else 0,
            "cost": 0 if cost is None else cost * line["quantity"],
            "of_known_cost": 0 if cost is None else line["amount_minor"],
            "with_cost": 0 if cost is None else 1,
        }  # fmt: skip
        if name in amounts:
            yield fact, amounts[name]

    def figure(self, measure: str, parts: dict[str, list[Any]]) -> float | None:
        def total(name: str) -> float:
            return sum(parts.get(name, []))

        def different(name: str) -> int:
            return len(set(parts.get(name, [])))

        def divided(above: float, below: float) -> float | None:
            return above / below if below else None

        return {
            "customers": lambda: different("came"),
            "visits": lambda: different("visited"),
            "visits_per_customer": lambda: divided(different("visited"), different("came")),
            "newcomers": lambda: total("began"),
            "repeat_share": lambda: divided(total("came_again"), total("began")),
            "people": lambda: total("known"),
            "orders": lambda: different("placed"),
            "buyers": lambda: different("bought"),
            "ordered": lambda: total("ordered"),
            "margin_share": lambda: divided(
                total("of_known_cost") - total("cost"), total("of_known_cost")
            ),
            "cost_known": lambda: divided(total("of_known_cost"), total("ordered")),
            "expected_value": lambda: total("expected_value") if total("foreseen") else None,
            "expected_visits": lambda: total("expected_visits") if total("foreseen") else None,
            "alive": lambda: divided(total("alive"), total("foreseen")),
            "net_revenue": lambda: total("ordered") - total("refunded"),
            "refunded": lambda: total("refunded"),
            "refund_rate": lambda: divided(total("refunded"), total("ordered")),
            "average_order": lambda: divided(total("ordered_whole"), different("placed_whole")),
            "units": lambda: total("sold"),
            "items_per_order": lambda: divided(total("sold"), different("placed_whole")),
            "discount_share": lambda: divided(
                total("discounted"), total("discounted") + total("ordered")
            ),
            "gross_margin": lambda: (
                total("of_known_cost") - total("cost") if total("with_cost") else None
            ),
        }[measure]()
