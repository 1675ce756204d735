"""Orders out of a file: what is taken, what is refused, and that once is enough."""

import io
from datetime import UTC, datetime

import pytest
from django.utils import timezone

from regulars.identify.commerce.public import Order, Refund
from regulars.identify.customers.public import Customer
from regulars.identify.intake.models import Import, ImportKind
from regulars.identify.intake.public import receive, start_import
from regulars.organization.public import Brand
from regulars.work.public import TaskState, run_task

HEADER = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n"
BOUGHT = (
    "1,OOLONG,Oolong tea,2,2026-03-01 10:00:00,4.50,7,UK\n"
    "1,POT,Tea pot,1,2026-03-01 10:00:00,20,7,UK\n"
)


@pytest.fixture(autouse=True)
def data(settings, tmp_path):
    settings.REGULARS_DATA = tmp_path


def bring_in(brand: Brand, text: str) -> Import:
    now = timezone.now()
    imported = receive(
        io.BytesIO(text.encode()),
        brand=brand,
        kind=ImportKind.ORDERS,
        name="f.csv",
        by=None,
        now=now,
    )
    task = run_task(start_import(imported, by=None, now=now))
    assert task.state == TaskState.DONE, task.error
    imported.refresh_from_db()
    return imported


def test_an_order_file_becomes_orders_of_known_people(teahouse):
    bring_in(teahouse, HEADER + BOUGHT)

    order = Order.objects.get()
    assert order.number == "1"
    assert order.net_minor == 2900
    assert order.occurred_at == datetime(2026, 3, 1, 10, tzinfo=UTC)
    assert [line.amount_minor for line in order.lines.order_by("position")] == [900, 2000]
    assert order.customer.identifiers.get().value == "7"
    assert order.customer.country == "UK"


def test_the_same_file_again_changes_nothing(teahouse):
    bring_in(teahouse, HEADER + BOUGHT)
    before = list(Order.objects.values())

    again = bring_in(teahouse, HEADER + BOUGHT)

    assert list(Order.objects.values()) == before
    assert again.counts["unchanged_orders"] == 1
    assert again.counts["new_orders"] == again.counts["changed_orders"] == 0


def test_a_negative_quantity_is_a_refund_and_a_negative_price_is_refused(teahouse):
    text = "C2,POT,Tea pot,-1,2026-03-02 10:00:00,20,7,UK\n3,X,Debt,1,2026-03-03 10:00:00,-5,,UK\n"

    counts = bring_in(teahouse, HEADER + BOUGHT + text).counts

    assert counts["refused_reasons"] == {"negative_price": 1}
    assert Refund.objects.get().amount_minor == 2000
    assert counts["unmatched_refund_lines"] == 0
    assert Order.objects.count() == Customer.objects.count() == 1
