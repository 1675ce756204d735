"""What an order's own row tells of refunds is all so far: later exports add the difference."""

from datetime import UTC, date, datetime

import pytest
from django.utils import timezone

from regulars.identify.commerce.public import Order, Refund, RefundLine, RefundMatch
from regulars.identify.intake.public import start_undo
from regulars.identify.intake.tests.conftest import take_in, work
from regulars.identify.intake.tests.half_way import left_by_a_failure
from regulars.identify.intake.tests.test_undo import books_balance
from regulars.work.public import run_task
from tests.facts import facts

pytestmark = pytest.mark.django_db
HEADER = "order,date,sku,quantity,price,line total refunded,refunded amount,refund date,email\n"
MAPPING = {"line_refunded": "line total refunded"}
LAST = "9,2026-03-20 12:00,TEA,1,4,,,,z@x.test\n"


def export(*, pot="", whole="", on="", price=20, cups=2):
    """An order of a pot and two cups, and what of it was given back by then."""
    return (
        f"{HEADER}1,2026-03-01 10:00,POT,1,{price},{pot},{whole},{on},a@x.test\n"
        f"1,2026-03-01 10:00,CUP,{cups},5,,,,a@x.test\n{LAST}"
    )


@pytest.fixture
def bring(teahouse):
    def bring_in(file, *, dry=False):
        mapping = MAPPING if "line total refunded" in file else {}
        return work(take_in(teahouse, file, mapping=mapping), dry=dry)

    return bring_in


def given_back():
    return list(Refund.objects.order_by("pk").values_list("amount_minor", flat=True))


def test_a_later_export_adds_what_was_given_back_since_and_undone_takes_it_off(bring, teahouse):
    bring(export(whole="5"))
    before = facts(teahouse)

    second = bring(export(whole="12.50"))

    assert given_back() == [500, 750]
    assert second.counts["new_refunds"] == 1
    assert second.counts["unmatched_refund_lines"] == 0
    grown = Refund.objects.get(amount_minor=750)
    assert grown.order == Order.objects.get(number="1")
    assert grown.refunded_on == date(2026, 3, 20)
    after = facts(teahouse)
    again = bring(export(whole="12.50"))
    assert (again.counts["unchanged_refunds"], again.counts["new_refunds"]) == (1, 0)
    assert facts(teahouse) == after
    books_balance()

    for imported in (again, second):
        run_task(start_undo(imported, by=None, now=timezone.now()))

    assert facts(teahouse) == before
    books_balance()


def test_a_refund_seen_first_by_a_later_export_is_of_its_time(bring):
    bring(export())

    bring(export(whole="5"))

    assert Refund.objects.get().occurred_at == datetime(2026, 3, 20, 12, tzinfo=UTC)


def test_a_column_tells_when_it_was_given_back(bring):
    bring(export(whole="5", on="2026-03-04"))
    bring(export(whole="8", on="2026-03-11"))

    days = Refund.objects.order_by("pk").values_list("refunded_on", flat=True)
    assert list(days) == [date(2026, 3, 4), date(2026, 3, 11)]


def test_of_a_history_read_at_once_refunds_are_of_the_day_of_their_orders(bring):
    bring(export(whole="5"))

    assert Refund.objects.get().refunded_on == date(2026, 3, 1)


def test_the_line_that_came_back_is_told_by_what_grew(bring):
    bring(export(pot="4"))
    bring(export(pot="20", whole="23"))

    lines = RefundLine.objects.order_by("pk").values_list(
        "product__sku", "quantity", "amount_minor"
    )
    assert list(lines) == [("POT", 0, 400), ("POT", 1, 1600), (None, 0, 300)]
    pot = RefundMatch.objects.filter(line__product__sku="POT")
    assert sum(match.quantity for match in pot) == 1
    assert sum(RefundMatch.objects.values_list("amount_minor", flat=True)) == 2300
    books_balance()


def test_what_was_told_of_the_whole_and_then_of_lines_counts_by_its_sum(bring):
    bring(export(whole="5"))
    bring(export(pot="20"))

    assert given_back() == [500, 1500]
    assert list(RefundLine.objects.values_list("product", flat=True)) == [None, None]
    books_balance()


@pytest.mark.parametrize("dry", [True, False])
def test_a_smaller_refund_is_refused_and_the_order_changed_all_the_same(bring, dry):
    bring(export(whole="12.50"))

    counts = bring(export(whole="5", price=21), dry=dry).counts

    assert given_back() == [1250]
    assert counts["refused_reasons"] == {"refund_smaller": 1}
    assert (counts["changed_orders"], counts["unchanged_orders"]) == (1, 1)
    assert Order.objects.get(number="1").net_minor == (3000 if dry else 3100)


def test_what_the_file_does_not_tell_of_refunds_changes_none(bring):
    bring(export(whole="5"))

    assert bring(export()).counts["refused"] == 0
    assert given_back() == [500]


def test_an_order_whose_lines_changed_keeps_what_came_back_of_it(bring, teahouse):
    bring(export(pot="20"))
    before = facts(teahouse)

    changed = bring(export(pot="20", cups=3))

    assert changed.counts["changed_orders"] == 1
    assert Order.objects.get(number="1").net_minor == 3500
    assert given_back() == [2000]
    assert RefundMatch.objects.get().line.product.sku == "POT"
    books_balance()
    run_task(start_undo(changed, by=None, now=timezone.now()))
    assert facts(teahouse) == before


def test_broken_off_between_orders_and_refunds_it_goes_on_to_the_same(bring, teahouse):
    bring(export(whole="5").replace("line total refunded", "note"))
    grown = export(whole="9").replace("line total refunded", "note")

    left = left_by_a_failure(teahouse, grown)
    assert given_back() == [500]
    work(left)

    assert given_back() == [500, 400]
    assert work(take_in(teahouse, grown)).counts["new_refunds"] == 0


def test_rows_that_tell_refunds_stand_before_the_amount_of_the_order(bring):
    row = "C1,2026-03-04,POT,-1,20,,,,a@x.test\n"
    file = export(whole="20").replace("email\n", "email,original order\n").replace(
        "test\n", "test,\n"
    )  # fmt: skip

    bring(file + row.replace("test\n", "test,1\n"))

    assert given_back() == [2000]
