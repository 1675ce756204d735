from collections import defaultdict
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from regulars.identify.commerce.models import Line, Order, Product, Refund, RefundLine, RefundMatch
from regulars.identify.commerce.public import match_refunds, touched_rows
from regulars.identify.customers.public import Customer
from regulars.lake.public import Removal, next_revision
from regulars.organization.public import Brand
from tests.cast import make_brand
from tests.people import make_customer

pytestmark = pytest.mark.django_db
DAY_0 = datetime(2025, 1, 1, tzinfo=UTC)


class Shop:
    """One customer, one product, and what went to and fro."""

    def __init__(self) -> None:
        self.brand: Brand = make_brand(slug="matching")
        self.customer: Customer | None = make_customer(brand=self.brand)
        self.product = Product.objects.create(brand=self.brand, sku="tea", revision=1)

    def bought(self, day: float, *quantities: float, amount: int = 1000) -> Order:
        order = Order.objects.create(
            **self._facts(day), number=f"o{day}", placed_on=DAY_0.date(), net_minor=amount
        )
        for position, quantity in enumerate(quantities, start=1):
            Line.objects.create(
                order=order,
                position=position,
                product=self.product,
                quantity=Decimal(str(quantity)),
                amount_minor=amount,
                revision=1,
            )
        return order

    def returned(
        self,
        day: float,
        quantity: float,
        *,
        order: Order | None = None,
        amount: int = 100,
        product: bool = True,
    ) -> RefundLine:
        refund = Refund.objects.create(
            **self._facts(day),
            number=f"r{day}-{Refund.objects.count()}",
            refunded_on=DAY_0.date(),
            order=order,
            amount_minor=amount,
        )
        return RefundLine.objects.create(
            refund=refund,
            position=1,
            product=self.product if product else None,
            quantity=Decimal(str(quantity)),
            amount_minor=amount,
            revision=1,
        )

    def _facts(self, day: float) -> dict[str, object]:
        return {
            "brand": self.brand,
            "source": "till",
            "customer": self.customer,
            "occurred_at": DAY_0 + timedelta(days=day),
            "currency": "EUR",
            "revision": 1,
        }

    def matches(self) -> list[tuple[str, int, int, float, int]]:
        """Match; return (order, line's position, refund line, quantity, amount)."""
        customer_id = self.customer.pk if self.customer else None
        orders = [*Order.objects.values_list("pk", flat=True), None]
        touched = touched_rows((order, customer_id, self.product.pk) for order in orders)
        with transaction.atomic():
            match_refunds(touched=touched, revision=next_revision())
        found = RefundMatch.objects.order_by("refund_line_id", "-line__order__occurred_at")
        rows = found.values_list(
            "line__order__number", "line__position", "refund_line_id", "quantity", "amount_minor"
        )
        return [(number, place, r, float(q), amount) for number, place, r, q, amount in rows]


def test_a_refund_undoes_the_latest_earlier_purchase_then_earlier_ones() -> None:
    shop = Shop()
    shop.bought(1, 2)
    shop.bought(2, 1)
    shop.bought(9, 5)
    back = shop.returned(3, 2, amount=101)
    assert shop.matches() == [("o2", 1, back.pk, 1.0, 51), ("o1", 1, back.pk, 1.0, 50)]


def test_what_no_purchase_covers_stays_unmatched() -> None:
    shop = Shop()
    shop.returned(1, 1)
    shop.bought(2, 1)
    later = shop.returned(3, 3, amount=300)
    assert shop.matches() == [("o2", 1, later.pk, 1.0, 100)]


def test_a_refund_that_names_its_order_goes_there_first() -> None:
    shop = Shop()
    first = shop.bought(1, 2)
    shop.bought(2, 2)
    back = shop.returned(3, 3, order=first, amount=300)
    assert shop.matches() == [("o2", 1, back.pk, 1.0, 100), ("o1", 1, back.pk, 2.0, 200)]


def test_money_back_without_a_product_is_spread_over_its_order() -> None:
    shop = Shop()
    order = shop.bought(1, 1, 1, 1)
    back = shop.returned(2, 0, order=order, amount=100, product=False)
    amounts = [amount for *_, amount in shop.matches()]
    assert sorted(amounts) == [33, 33, 34]
    assert {match[2] for match in shop.matches()} == {back.pk}


def test_an_order_of_nobody_known_is_undone_by_name_only() -> None:
    shop = Shop()
    shop.customer = None
    order = shop.bought(1, 2)
    named = shop.returned(2, 1, order=order)
    shop.returned(3, 1)
    assert shop.matches() == [("o1", 1, named.pk, 1.0, 100)]


def test_matching_again_replaces_the_matches_and_tells_the_mirror() -> None:
    shop = Shop()
    shop.bought(1, 1)
    shop.returned(3, 1)
    shop.matches()
    stale = RefundMatch.objects.get().pk
    shop.bought(2, 1)
    assert [number for number, *_ in shop.matches()] == ["o2"]
    assert list(Removal.objects.values_list("table", "row_id")) == [("refund_matches", stale)]


def _one_by_one(bought: list[Line], returned: list[RefundLine]) -> dict[tuple[int, int], Decimal]:
    """Match as a person would, one refund after the other."""
    left = {line.pk: line.quantity for line in bought}
    found: dict[tuple[int, int], Decimal] = defaultdict(Decimal)
    rest = {line.pk: line.quantity for line in returned}

    def take(back: RefundLine, candidates: list[Line]) -> None:
        for line in candidates:
            quantity = min(left[line.pk], rest[back.pk])
            if quantity:
                left[line.pk] -= quantity
                rest[back.pk] -= quantity
                found[back.pk, line.pk] += quantity

    for back in returned:
        same = [line for line in bought if line.order_id == back.refund.order_id]
        take(back, sorted(same, key=lambda line: -line.position))
    for back in returned:
        at = back.refund.occurred_at
        earlier = [line for line in bought if line.order.occurred_at <= at]
        take(back, sorted(earlier, key=lambda line: (line.order.occurred_at, line.position))[::-1])
    return found


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(1, 40), st.integers(1, 3)), unique_by=lambda b: b[0], max_size=6
    ),
    st.lists(
        st.tuples(st.integers(1, 40), st.integers(1, 4), st.integers(0, 9)),
        unique_by=lambda r: r[0],
        max_size=6,
    ),
)
def test_in_sets_or_one_by_one_the_matches_are_the_same(
    bought: list[tuple[int, int]], returned: list[tuple[int, int, int]]
) -> None:
    with transaction.atomic():
        shop = Shop()
        orders = [shop.bought(day, quantity) for day, quantity in sorted(bought)]
        for day, quantity, order in sorted(returned):
            named = orders[order] if order < len(orders) else None
            shop.returned(day, quantity, order=named, amount=day * 10 + 7)
        shop.matches()
        found = {
            (match.refund_line_id, match.line_id): match.quantity
            for match in RefundMatch.objects.all()
        }
        lines = list(RefundLine.objects.select_related("refund").order_by("refund__occurred_at"))
        assert found == _one_by_one(list(Line.objects.select_related("order")), lines)
        for line in lines:
            whole = [m for m in line.matches.all() if line.matches.exists()]
            if sum(m.quantity for m in whole) == line.quantity:
                assert sum(m.amount_minor for m in whole) == line.amount_minor
        transaction.set_rollback(True)
