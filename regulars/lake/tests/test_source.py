"""Texts that SQLite may hold and PostgreSQL may not."""

from datetime import UTC, datetime

import pytest
from django.db import connection

from regulars.identify.commerce.public import Order, Product
from regulars.lake.public import catch_up
from regulars.lake.tests.facts import odd_facts
from regulars.lake.tests.shown import in_the_lake


@pytest.fixture(autouse=True)
def _sqlite(lake, teahouse, soho):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL knows instants, and allows no NUL in a text")
    odd_facts(teahouse, soho)


@pytest.mark.parametrize(
    "text",
    [
        "2024-06-01T10:00:00+00:00",
        "2024-06-01 12:00:00+02:00",
        "2024-06-01T10:00:00Z",
        "2024-06-01 10:00:00.000000",
    ],
)
def test_an_instant_in_another_form_is_understood(text):
    last = Order.objects.order_by("id").last()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE commerce_order SET occurred_at = %s WHERE id = %s", [text, last.pk])
    catch_up()
    assert in_the_lake("orders")[-1]["occurred_at"] == datetime(2024, 6, 1, 10, tzinfo=UTC)


def test_a_text_with_a_nul_is_kept():
    Product.objects.filter(pk=Product.objects.order_by("pk").last().pk).update(name="a\0b")
    catch_up()
    assert in_the_lake("products")[-1]["name"] == "a\0b"
