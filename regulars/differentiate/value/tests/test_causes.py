"""What is said of why customers may leave, against a slow and careful reading of the same facts."""

from collections import defaultdict
from datetime import UTC, date, datetime, time, timedelta
from statistics import median
from typing import Any

import ibis
import numpy as np
import pyarrow as pa
import pytest

from regulars.differentiate.metrics.public import Facts
from regulars.differentiate.value.causes import DEARER, LATELY, LEAST_TELLING, NOW, evidence
from regulars.identify.commerce.mirror import (
    lines,
    orders,
    products,
    refund_lines,
    refund_matches,
    refunds,
)
from regulars.identify.customers.mirror import customers

pytestmark = pytest.mark.once

TODAY, BRAND = date(2025, 11, 20), 1
MIRRORS = (customers, products, orders, lines, refunds, refund_lines, refund_matches)
TEA, CUP, SAMPLE, LOOSE, POSTAGE = range(1, 6)


class Shop:
    """Facts, told one by one; the last visit of each customer is told, too."""

    def __init__(self) -> None:
        self.rows: dict[str, list[dict[str, Any]]] = {mirror.table: [] for mirror in MIRRORS}
        self.last: dict[int, date] = {}
        for product in (TEA, CUP, SAMPLE, LOOSE, POSTAGE):
            self._add("products", goods=product != POSTAGE)

    def customer(self, *, last_on: date | None = None, alias_of: int | None = None) -> int:
        number = len(self.rows["customers"]) + 1
        self._add("customers", canonical_id=alias_of or number)
        if last_on:
            self.last[number] = last_on
        return number

    def order(
        self, who: int | None, day: date, *sold: tuple[int, float, int], branch: int | None = None,
        currency: str = "GBP", hour: int = 12, discount: int = 0,
    ) -> int:  # fmt: skip
        """Sell lines of product, quantity and amount after a discount on each."""
        at = datetime.combine(day, time(hour), UTC)
        order = self._add("orders", customer_id=who, placed_on=day, occurred_at=at,
                          branch_id=branch, currency=currency)  # fmt: skip
        for product, quantity, amount in sold:
            self._add("lines", order_id=order, customer_id=who, placed_on=day, product_id=product,
                      quantity=quantity, amount_minor=amount, discount_minor=discount)  # fmt: skip
        return order

    def refund(self, order: int, day: date, amount: int) -> None:
        refund = self._add("refunds", refunded_on=day)
        line = self._add("refund_lines", refund_id=refund)
        self._add("refund_matches", refund_line_id=line, order_id=order, amount_minor=amount)

    def told(self) -> dict[int, dict[str, Any]]:
        """Ask the app."""
        opened = ibis.duckdb.connect(threads=1)
        for mirror in MIRRORS:
            kept = [{name: row.get(name) for name in mirror.schema.names}
                    for row in self.rows[mirror.table]]  # fmt: skip
            opened.create_table(mirror.table, pa.Table.from_pylist(kept, mirror.schema))
        seen = pa.table({"customer_id": pa.array(self.last, pa.int32()),
                         "last_on": list(self.last.values())})  # fmt: skip
        ends_at = datetime.combine(TODAY + timedelta(1), time(), UTC)
        facts = Facts(source=opened, brand_id=BRAND, as_of=TODAY, ends_at=ends_at)
        found = evidence(facts, opened.create_table("people", seen)).to_pyarrow().to_pylist()
        return {row.pop("customer_id"): row for row in found}

    def _add(self, table: str, **row: Any) -> int:
        number = len(self.rows[table]) + 1
        self.rows[table].append({"id": number, "brand_id": BRAND, "revision": 1, **row})
        return number


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def sold_often(shop: Shop, product: int, day: date, *, price: int = 1_000) -> None:
    for _time in range(5):
        shop.order(None, day, (product, 1, price))


@pytest.fixture
def shop() -> Shop:
    return Shop()


def test_a_refund_counts_until_the_day_one_looks_from_and_also_when_it_left_no_visit(shop):
    alice, bob = shop.customer(last_on=ago(40)), shop.customer(last_on=ago(40))
    alias = shop.customer(alias_of=bob)
    shop.refund(shop.order(alice, ago(40), (TEA, 2, 2_000)), ago(39), 500)
    shop.refund(shop.order(alice, ago(40), (CUP, 1, 900)), TODAY + timedelta(1), 900)
    shop.refund(shop.order(alice, ago(90), (CUP, 1, 900)), ago(80), 900)
    shop.order(bob, ago(40), (TEA, 1, 1_000))
    shop.refund(shop.order(alias, ago(20), (CUP, 1, 700)), ago(18), 700)
    told = shop.told()
    assert (told[alice]["refund_minor"], told[bob]["refund_minor"]) == (500, 700)


def test_only_a_price_that_rose_since_is_called_dearer(shop):
    paid = {
        "then": (ago(100), (TEA, 1, 800), {}),
        "half a kilo": (ago(100), (TEA, 0.5, 400), {}),
        "with a coupon": (ago(100), (TEA, 1, 700), {"discount": 300}),
        "as dear": (ago(100), (TEA, 1, 970), {}),
        "as a present": (ago(100), (TEA, 1, 0), {}),
        "too little to tell": (ago(100), (TEA, 0.012, 10), {}),
        "in dollars": (ago(100), (TEA, 1, 800), {"currency": "USD"}),
        "just now": (ago(10), (TEA, 1, 800), {}),
        "postage": (ago(100), (POSTAGE, 1, 100), {}),
    }
    who = {}
    for name, (day, line, more) in paid.items():
        who[name] = shop.customer(last_on=day)
        shop.order(who[name], day, line, **more)
    sold_often(shop, TEA, ago(5))
    sold_often(shop, TEA, ago(4), price=0)  # presents
    sold_often(shop, POSTAGE, ago(4), price=500)
    told = shop.told()
    dearer = {name for name, one in who.items() if told[one]["dearer_share"]}
    assert dearer == {"then", "half a kilo"}
    assert told[who["then"]]["dearer_share"] == pytest.approx(0.25)
    assert told[who["then"]]["dearer_product_id"] == TEA


def test_a_product_is_gone_when_nobody_bought_it_for_two_months_after_it_had_sold(shop):
    alice = shop.customer(last_on=ago(100))
    shop.order(alice, ago(100), (TEA, 1, 500), (CUP, 1, 900), (SAMPLE, 1, 50), (LOOSE, 1, 2_000))
    sold_often(shop, TEA, ago(90))
    sold_often(shop, CUP, ago(61))
    shop.order(None, ago(3), (CUP, 1, 0))  # a present is no sale
    sold_often(shop, LOOSE, ago(59))
    told = shop.told()[alice]
    assert (told["gone_product_id"], told["gone_on"]) == (CUP, ago(61))


def test_the_branch_is_that_of_the_last_order_of_the_day(shop):
    alice = shop.customer(last_on=ago(40))
    shop.order(alice, ago(40), (TEA, 1, 500), branch=9, hour=9)
    shop.order(alice, ago(40), (TEA, 1, 500), branch=3, hour=18)
    shop.order(alice, ago(40), (TEA, 1, 500), hour=20)
    shop.order(alice, ago(90), (TEA, 1, 500), branch=8)
    assert shop.told()[alice]["last_branch_id"] == 3


@pytest.mark.parametrize("seed", range(6))
def test_what_is_said_is_what_a_careful_reader_finds(shop, seed):
    draw = np.random.default_rng(seed)
    people = [shop.customer(last_on=ago(int(draw.integers(0, 120)))) for _ in range(8)]
    aliases = [shop.customer(alias_of=people[0]), shop.customer(alias_of=people[1])]
    for _order in range(150):
        who = int(draw.choice([*people, *aliases, 0])) or None
        self_of = who and shop.rows["customers"][who - 1]["canonical_id"]
        near = shop.last[self_of] if self_of else ago(60)
        day = near + timedelta(days=int(draw.choice([-30, -3, 0, 0, 0, 2, 20])))
        bought = [
            (int(draw.integers(1, 6)), float(draw.choice([0.25, 1, 3, -1])),
             int(draw.choice([0, 10, 400, 500, 900])))
            for _line in range(draw.integers(1, 4))
        ]  # fmt: skip
        order = shop.order(who, day, *bought, branch=int(draw.integers(1, 4)),
                           hour=int(draw.integers(0, 24)),
                           discount=int(draw.choice([0, 50])))  # fmt: skip
        if draw.random() < 0.3:
            shop.refund(order, day + timedelta(days=int(draw.integers(0, 60))), 100)
    told, careful = shop.told(), Careful(shop)
    assert set(told) == {who for who in people if careful.orders(who)}
    for who, row in told.items():
        careful.check(who, row)


class Careful:
    """The same, a customer at a time."""

    def __init__(self, shop: Shop) -> None:
        self.shop, self.sales = shop, defaultdict(list)
        for line in shop.rows["lines"]:
            full = line["amount_minor"] + line["discount_minor"]
            goods = line["product_id"] != POSTAGE
            if goods and line["quantity"] > 0 and full > 0 and line["placed_on"] <= TODAY:
                price = full / line["quantity"] if full >= LEAST_TELLING else None
                self.sales[line["product_id"]].append((line, price))

    def orders(self, who: int, *, since: bool = False) -> list[dict[str, Any]]:
        mine = {row["id"] for row in self.shop.rows["customers"] if row["canonical_id"] == who}
        last = self.shop.last[who]
        return [
            order for order in self.shop.rows["orders"]
            if order["customer_id"] in mine and order["placed_on"] <= TODAY
            and (order["placed_on"] > last if since else order["placed_on"] == last)
        ]  # fmt: skip

    def check(self, who: int, row: dict[str, Any]) -> None:
        last = self.orders(who)
        assert row["refund_minor"] == self._refunded([*last, *self.orders(who, since=True)])
        latest = max(order["occurred_at"] for order in last)
        branches = {order["branch_id"] for order in last if order["occurred_at"] == latest}
        assert row["last_branch_id"] in branches
        bought = [
            (line, price) for sales in self.sales.values() for line, price in sales
            if line["order_id"] in {order["id"] for order in last}
        ]  # fmt: skip
        self._check_dearer(bought, row)
        gone = [(line["amount_minor"], line["product_id"], day) for line, _ in bought
                if (day := self._gone(line["product_id"]))]  # fmt: skip
        dearest = {one[1:] for one in gone if one[0] == max(gone)[0]}
        assert (row["gone_product_id"], row["gone_on"]) in (dearest or {(None, None)})

    def _check_dearer(self, bought: list[tuple[dict[str, Any], float | None]], row: Any) -> None:
        rises = [
            (now / price - 1, line["product_id"]) for line, price in bought
            if price and (now := self._now(line["product_id"]))
            and now / price - 1 >= DEARER and line["placed_on"] <= TODAY - NOW
        ]  # fmt: skip
        if not rises:
            assert row["dearer_share"] is row["dearer_product_id"] is None
        else:
            assert row["dearer_share"] == pytest.approx(max(rises)[0])
            assert row["dearer_product_id"] in {
                product for rise, product in rises if rise == max(rises)[0]
            }

    def _refunded(self, orders: list[dict[str, Any]]) -> int:
        mine = {order["id"] for order in orders}
        given = zip(self.shop.rows["refund_matches"], self.shop.rows["refunds"], strict=True)
        return sum(match["amount_minor"] for match, refund in given
                   if match["order_id"] in mine and refund["refunded_on"] <= TODAY)  # fmt: skip

    def _now(self, product: int) -> float | None:
        late = [price for line, price in self.sales[product]
                if price and line["placed_on"] > TODAY - NOW]  # fmt: skip
        return median(late) if late else None

    def _gone(self, product: int) -> date | None:
        days = [line["placed_on"] for line, _ in self.sales[product]]
        return max(days) if len(days) >= 5 and max(days) <= TODAY - LATELY else None
