"""Orders out of a file: what is taken, what is refused, and that once is enough."""

from datetime import UTC, datetime

import pytest

from regulars.identify.commerce.public import Line, Order, Refund
from regulars.identify.customers.public import Customer
from regulars.identify.intake.loading import steps
from regulars.identify.intake.rejects import reject_lines

HEADER = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n"
BOUGHT = (
    "1,OOLONG,Oolong tea,2,2026-03-01 10:00:00,4.50,7,UK\n"
    "1,POT,Tea pot,1,2026-03-01 10:00:00,20,7,UK\n"
)


def test_an_order_file_becomes_orders_of_known_people(bring_in):
    bring_in(HEADER + BOUGHT)

    order = Order.objects.get()
    assert order.number == "1"
    assert order.net_minor == 2900
    assert order.occurred_at == datetime(2026, 3, 1, 10, tzinfo=UTC)
    assert [line.amount_minor for line in order.lines.order_by("position")] == [900, 2000]
    assert order.customer.identifiers.get().value == "7"
    assert order.customer.country == "UK"


def test_the_same_file_again_changes_nothing(bring_in):
    bring_in(HEADER + BOUGHT)
    before = list(Order.objects.values())

    again = bring_in(HEADER + BOUGHT)

    assert list(Order.objects.values()) == before
    assert again.counts["unchanged_orders"] == 1
    assert again.counts["new_orders"] == again.counts["changed_orders"] == 0


def test_a_negative_quantity_is_a_refund_and_a_negative_price_is_refused(bring_in):
    text = "C2,POT,Tea pot,-1,2026-03-02 10:00:00,20,7,UK\n3,X,Debt,1,2026-03-03 10:00:00,-5,,UK\n"

    counts = bring_in(HEADER + BOUGHT + text).counts

    assert counts["refused_reasons"] == {"negative_price": 1}
    assert Refund.objects.get().amount_minor == 2000
    assert counts["unmatched_refund_lines"] == 0
    assert Order.objects.count() == Customer.objects.count() == 1


def test_a_changed_order_is_updated_and_its_surplus_lines_go(bring_in):
    bring_in(HEADER + BOUGHT)

    changed = bring_in(HEADER + "1,OOLONG,Oolong tea,3,2026-03-01 10:00:00,4.50,7,UK\n")

    order = Order.objects.get()
    assert changed.counts["changed_orders"] == 1
    assert order.net_minor == 1350
    assert Line.objects.get().quantity == 3


def test_an_order_with_a_wrong_row_is_left_out_whole(bring_in):
    wrong = "1,CUP,Cup,x,2026-03-01 10:00:00,3,7,UK\n"

    imported = bring_in(HEADER + BOUGHT + wrong)

    counts = imported.counts
    assert counts["refused_reasons"] == {"order_incomplete": 2, "figure_unreadable": 1}
    assert counts["refused"] == counts["lines"] == 3
    assert not Order.objects.exists()
    assert not Customer.objects.exists()
    assert "Row 4 of the same order was refused." in "".join(reject_lines(imported))


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ("1,CUP,Cup, blue,1,2026-03-01 10:00:00,3,7,UK", "ragged"),
        ("1,CUP,Cup", "ragged"),
        ('1,"CUP"s,Cup,1,2026-03-01 10:00:00,3,7,UK', "quote"),
    ],
)
def test_a_broken_row_takes_the_order_it_names_with_it_and_no_other(bring_in, wrong, reason):
    other = "2,CUP,Cup,1,2026-03-02 10:00:00,3,8,UK\n"

    counts = bring_in(f"{HEADER}{BOUGHT}{wrong}\n{other}").counts

    assert counts["refused_reasons"] == {"order_incomplete": 2, reason: 1}
    assert (counts["refused"], counts["lines"], counts["orders"]) == (3, 4, 1)
    assert Order.objects.get().number == "2"


def test_the_rejects_put_right_bring_in_the_whole_order(bring_in):
    wrong = "1,CUP,Cup,x,2026-03-01 10:00:00,3,7,UK\n"
    first = bring_in(HEADER + BOUGHT + wrong)

    second = bring_in("".join(reject_lines(first)).replace(",x,", ",1,"), preset="lines")

    assert second.counts["refused"] == 0
    assert Order.objects.get().net_minor == 3200


def test_an_order_number_of_another_customer_is_refused(bring_in):
    other = "1,CUP,Cup,1,2026-03-01 10:00:00,3,8,UK\n"

    counts = bring_in(HEADER + BOUGHT + other).counts

    assert counts["refused_reasons"] == {"number_of_another": 1}
    assert Order.objects.get().net_minor == 2900


def test_an_order_number_that_the_brand_has_from_another_customer_is_refused(bring_in):
    bring_in(HEADER + BOUGHT)
    other = HEADER + "1,CUP,Cup,1,2026-03-01 10:00:00,3,8,UK\n2,CUP,Cup,1,2026-03-01,3,8,UK\n"

    second = bring_in(other)

    assert second.counts["refused_reasons"] == {"number_taken": 1}
    assert Order.objects.get(number="1").net_minor == 2900
    assert Order.objects.get(number="2").net_minor == 300


def test_a_dry_run_counts_and_writes_nothing(bring_in):
    bring_in(HEADER + BOUGHT)
    more = "1,CUP,Cup,1,2026-03-01 10:00:00,3,7,UK\n9,CUP,Cup,1,2026-03-02,3,8,UK\n"

    counts = bring_in(HEADER + BOUGHT + more, dry=True).counts

    assert (counts["new_orders"], counts["changed_orders"]) == (1, 1)
    assert (counts["new_customers"], counts["new_products"]) == (1, 1)
    assert Order.objects.get().net_minor == 2900
    assert Customer.objects.count() == 1


def test_an_import_that_broke_off_goes_on_and_ends_as_one_that_did_not(bring_in, monkeypatch):
    taken = []

    def tiring(number=steps.next_revision):
        taken.append(number())
        if len(taken) == 3:
            raise RuntimeError("the power went")
        return taken[-1]

    monkeypatch.setattr(steps, "next_revision", tiring)
    with pytest.raises(AssertionError, match="the power went"):
        bring_in(HEADER + BOUGHT)
    assert Customer.objects.count() == 1
    assert not Order.objects.exists()

    again = bring_in(HEADER + BOUGHT)

    assert again.counts["orders"] == Order.objects.count() == Customer.objects.count() == 1
    assert Line.objects.count() == 2
