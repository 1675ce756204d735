from datetime import UTC, datetime, timedelta

import pytest
from django.db.models import Sum

from regulars.identify.commerce.public import Order, Product, Refund
from regulars.identify.customers.public import Customer, HouseholdMember
from regulars.simulate.history import simulate
from regulars.simulate.identity import identity_table
from regulars.simulate.loading import load
from regulars.simulate.opening import open_shop
from regulars.simulate.shops import SHOPS

NOW = datetime(2025, 11, 20, 15, 30, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def data(settings, tmp_path, monkeypatch):
    settings.REGULARS_DATA = tmp_path
    monkeypatch.setattr("regulars.simulate.history.RUN", 350)


@pytest.fixture
def history():
    return simulate(SHOPS["bakery"], size=120, seed=4, years=1, until=NOW)


@pytest.fixture
def brand(history):
    opened_at = NOW - timedelta(days=366)
    brand = open_shop(history.shop, opened_at=opened_at, by=None, now=NOW)
    load(history, brand=brand, by=None, now=NOW)
    return brand


def _totals():
    return (
        Customer.objects.count(),
        HouseholdMember.objects.count(),
        Product.objects.count(),
        Order.objects.aggregate(net=Sum("net_minor"), shipping=Sum("shipping_minor")),
        Refund.objects.aggregate(amount=Sum("amount_minor")),
    )


def test_a_history_arrives_whole(history, brand):
    runs = list(history.runs())
    assert (len(runs), history.parts) == (2, 2)
    assert Order.objects.count() == sum(len(run.orders) for run in runs)
    sold = sum(run.orders.value.sum() for run in runs)
    back = sum(run.refunds.amount.sum() for run in runs)
    assert Order.objects.aggregate(net=Sum("net_minor"))["net"] == sold
    assert Refund.objects.aggregate(back=Sum("amount_minor"))["back"] == back
    assert Product.objects.count() == len(history.shop.goods)
    assert not Order.objects.filter(branch=None).exists()
    assert not Customer.objects.filter(branch=None).exists()


def test_people_are_described_as_they_were_drawn(history, brand):
    drawn = {row["member_number"]: row for row in identity_table(history).to_pylist()}
    for customer in Customer.objects.prefetch_related("identifiers", "branch"):
        given = {one.kind: one.value for one in customer.identifiers.all()}
        row = drawn[given["member_number"]]
        assert customer.name == row["name"]
        assert customer.gender == (row["gender"] or "")
        assert customer.born_on == row["born_on"]
        assert customer.interests == (row["interests"] or [])
        assert customer.branch.code == row["branch"]
        assert given.get("phone") == row["phone"]


def test_loading_again_changes_nothing(history, brand):
    before = _totals()
    load(history, brand=brand, by=None, now=NOW)
    assert _totals() == before
