"""An import undone: the same facts as before it, except for numbers nobody sees."""

import pytest
from django.utils import timezone

from regulars.identify.commerce.public import Order, Product, Refund, RefundMatch
from regulars.identify.customers.public import Customer
from regulars.identify.intake.models import ImportKind, ImportState
from regulars.identify.intake.public import NotPossible, start_undo
from regulars.work.public import TaskState, claims, run_task, verify
from tests.facts import facts

HEADER = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n"
FIRST = HEADER + (
    "1,OOLONG,Oolong tea,2,2026-03-01 10:00:00,4.50,7,UK\n"
    "1,POT,Tea pot,1,2026-03-01 10:00:00,20,7,UK\n"
    "2,OOLONG,Oolong tea,1,2026-03-02 10:00:00,4.50,8,UK\n"
    "3,CUP,Cup,4,2026-03-02 11:00:00,3,,UK\n"
    "C4,OOLONG,Oolong tea,-1,2026-03-03 10:00:00,4.50,7,UK\n"
)
SECOND = HEADER + (
    "1,OOLONG,Oolong tea,1,2026-03-01 10:00:00,4.50,7,UK\n"
    "2,OOLONG,Oolong tea,1,2026-03-02 10:00:00,4.50,8,UK\n"
    "2,CAKE,Cake,2,2026-03-02 10:00:00,2.50,8,UK\n"
    "3,CUP,Cup,4,2026-03-02 11:00:00,3,9,UK\n"
    "5,OOLONG,Oolong tea,3,2026-03-02 12:00:00,4.50,7,FR\n"
    "C6,OOLONG,Oolong tea,-2,2026-03-04 10:00:00,4.50,7,UK\n"
    "C7,OOLONG,Oolong tea,-1,2026-03-05 10:00:00,4.50,8,UK\n"
)


def undo(imported):
    task = run_task(start_undo(imported, by=None, now=timezone.now()))
    assert task.state == TaskState.DONE, task.error
    imported.refresh_from_db()
    return imported


def books_balance():
    findings = [
        (claim.name, finding)
        for claim in claims()
        if claim.name != "lake"
        for finding in verify(claim).findings
    ]
    assert findings == []


def test_the_only_import_undone_leaves_nothing(bring_in, teahouse):
    before = facts(teahouse)
    first = bring_in(FIRST)
    assert facts(teahouse) != before

    assert undo(first).state == ImportState.UNDONE

    assert facts(teahouse) == before
    assert first.counts["undo"]["orders"] == 3
    assert first.counts["undo"]["customers"] == first.counts["new_customers"] == 2
    books_balance()


def test_the_second_of_two_overlapping_imports_undone_leaves_the_first(bring_in, teahouse):
    bring_in(FIRST)
    before = facts(teahouse)
    second = bring_in(SECOND)
    assert second.counts["changed_orders"] == 3

    undo(second)

    assert facts(teahouse) == before
    assert second.counts["undo"]["kept_changed_orders"] == 0
    books_balance()


def test_undone_one_after_the_other_nothing_is_left(bring_in, teahouse):
    before = facts(teahouse)
    imports = [bring_in(FIRST), bring_in(SECOND), bring_in(FIRST)]

    for imported in reversed(imports):
        undo(imported)

    assert facts(teahouse) == before
    assert not any(
        count for imported in imports for name, count in imported.counts["undo"].items()
        if name.startswith("kept")
    )  # fmt: skip


def test_imported_again_after_the_undo_it_is_as_if_imported_once(bring_in, teahouse):
    bring_in(FIRST)
    second = bring_in(SECOND)
    once = facts(teahouse)
    undo(second)

    bring_in(SECOND)

    assert facts(teahouse) == once
    books_balance()


def test_what_a_later_import_changed_stays_when_the_first_is_undone(bring_in, teahouse):
    first = bring_in(FIRST)
    bring_in(SECOND)

    counts = undo(first).counts["undo"]

    assert counts["kept_orders"] == 3
    assert {order.number for order in Order.objects.all()} == {"1", "2", "3", "5"}
    assert {refund.number for refund in Refund.objects.all()} == {"C6", "C7"}
    assert Customer.objects.count() == 3
    books_balance()
    assert RefundMatch.objects.count() == 2


def test_what_a_person_changed_since_stays(bring_in, teahouse):
    first = bring_in(
        "sku,name,price\nOOLONG,Oolong tea,4.50\nPOT,Tea pot,20\n", kind=ImportKind.PRODUCTS
    )
    Product.objects.filter(sku="POT").update(revision=10**6)

    counts = undo(first).counts["undo"]

    assert (counts["products"], counts["kept_products"]) == (1, 1)
    assert Product.objects.get().sku == "POT"


def test_a_customer_file_undone_gives_the_profiles_back(bring_in, teahouse):
    bring_in(
        "email,name,city\nalice@x.test,Alice,Bath\nbob@x.test,Bob,\n", kind=ImportKind.CUSTOMERS
    )
    before = facts(teahouse)
    second = bring_in(
        "email,name,city,phone\nalice@x.test,Alice Y,Rome,+442079460000\ncleo@x.test,Cleo,,\n",
        kind=ImportKind.CUSTOMERS,
    )
    assert second.counts["changed_customers"] == second.counts["new_customers"] == 1

    counts = undo(second).counts["undo"]

    assert facts(teahouse) == before
    assert (counts["profiles"], counts["customers"], counts["identifiers"]) == (1, 1, 1)


def test_an_undone_import_cannot_be_undone_again(bring_in, teahouse):
    first = undo(bring_in(FIRST))

    with pytest.raises(NotPossible):
        start_undo(first, by=None, now=timezone.now())


def test_after_its_time_an_import_cannot_be_undone(bring_in, teahouse):
    first = bring_in(FIRST)
    before = facts(teahouse)

    with pytest.raises(NotPossible):
        start_undo(first, by=None, now=first.undo_until)

    assert facts(teahouse) == before
    assert first.state == ImportState.DONE
