"""Imports that do not come to their end by themselves, and what is forgotten in time."""

from datetime import timedelta

import pytest
from django.utils import timezone

from regulars.identify.commerce.models import FormerOrder
from regulars.identify.commerce.public import Order, RefundMatch
from regulars.identify.intake.attention import imports_to_look_at, mark_seen
from regulars.identify.intake.forgetting import forget_imports
from regulars.identify.intake.loading import orders as loading
from regulars.identify.intake.models import Import, ImportState
from regulars.identify.intake.public import NotNow, NotPossible, start_import, start_undo
from regulars.identify.intake.tests.conftest import take_in, work
from regulars.identify.intake.tests.half_way import fail, left_by_a_failure
from regulars.work.public import TaskCancelled, TaskState, cancel_task, claims, run_task, verify
from tests.facts import facts

HEADER = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n"
FILE = HEADER + (
    "1,OOLONG,Oolong tea,2,2026-03-01 10:00:00,4.50,7,UK\n"
    "C2,OOLONG,Oolong tea,-1,2026-03-03 10:00:00,4.50,7,UK\n"
    "X,OOLONG,Oolong tea,x,2026-03-03 10:00:00,4.50,7,UK\n"
)
CHANGED = HEADER + "1,OOLONG,Oolong tea,5,2026-03-01 10:00:00,4.50,7,UK\n"


def start(imported):
    return start_import(imported, by=None, now=timezone.now())


@pytest.fixture
def broken(teahouse):
    return left_by_a_failure(teahouse, FILE)


def test_an_import_cancelled_while_it_waits_says_so_and_can_be_started_again(teahouse):
    imported = take_in(teahouse, FILE)
    cancel_task(start(imported), by=None, now=timezone.now())
    imported.refresh_from_db()
    assert imported.state == ImportState.CANCELLED
    assert not Order.objects.exists()

    assert work(imported).state == ImportState.DONE
    assert Order.objects.count() == 1


def test_an_import_that_broke_off_says_why_goes_on_and_ends_as_one_that_did_not(broken, teahouse):
    assert broken.state == ImportState.FAILED
    assert broken.problem["sentence"] == "RuntimeError: the power went"
    assert Order.objects.count() == 1

    assert work(broken).state == ImportState.DONE
    assert RefundMatch.objects.count() == 1


def test_an_import_that_broke_off_can_be_undone(broken, teahouse):
    run_task(start_undo(broken, by=None, now=timezone.now()))
    broken.refresh_from_db()
    assert broken.state == ImportState.UNDONE
    assert not any(facts(teahouse).values())
    with pytest.raises(NotPossible):
        start(broken)


def test_what_a_cancelled_import_wrote_is_whole(bring_in, teahouse, monkeypatch):
    bring_in(FILE)
    changed = take_in(teahouse, CHANGED)

    def cancelled(*_args):
        raise TaskCancelled

    with monkeypatch.context() as patched:
        patched.setattr("regulars.identify.intake.running.settle", cancelled)
        task = run_task(start(changed))

    changed.refresh_from_db()
    assert (task.state, changed.state) == (TaskState.CANCELLED, ImportState.CANCELLED)
    assert Order.objects.get().net_minor == 2250
    assert RefundMatch.objects.count() == 1
    assert [
        line for claim in claims() if claim.name != "lake" for line in verify(claim).findings
    ] == []


def test_nothing_runs_beside_an_undo(bring_in, teahouse):
    done, waiting = bring_in(FILE), take_in(teahouse, CHANGED)
    undoing = start_undo(done, by=None, now=timezone.now())
    with pytest.raises(NotNow):
        start(waiting)
    run_task(undoing)
    run_task(start(waiting))
    assert Order.objects.get().net_minor == 2250


def test_an_import_half_way_counts_on_nothing_that_was_undone_meanwhile(
    bring_in, teahouse, monkeypatch
):
    """The people and products of the half import were made by another, which is undone now."""
    first, second = bring_in(FILE), take_in(teahouse, CHANGED.replace("1,OOLONG", "9,OOLONG"))
    with monkeypatch.context() as patched:
        patched.setattr(loading, "record_orders", fail)
        run_task(start(second))
    run_task(start_undo(first, by=None, now=timezone.now()))
    assert not Order.objects.exists()

    work(second)

    order = Order.objects.get()
    assert order.customer is not None
    assert order.lines.get().product is not None


def test_after_its_time_an_import_is_forgotten_and_its_counts_stay(bring_in, settings):
    bring_in(FILE)
    imported = bring_in(CHANGED)
    assert FormerOrder.objects.exists()
    assert imported.path.exists()
    assert forget_imports(now=timezone.now()) == 0

    assert forget_imports(now=imported.undo_until) == 2

    imported.refresh_from_db()
    assert not FormerOrder.objects.exists()
    assert not imported.folder.exists()
    assert imported.forgotten_at is not None
    assert "sample" not in imported.counts
    assert imported.counts["changed_orders"] == 1
    assert Order.objects.count() == 1
    assert forget_imports(now=imported.undo_until) == 0


def test_a_file_that_was_never_brought_in_is_forgotten_whole(teahouse):
    imported = take_in(teahouse, FILE)
    forget_imports(now=imported.undo_until)
    assert not Import.objects.exists()
    assert not imported.folder.exists()


def test_today_names_imports_with_refused_rows_until_somebody_looked(bring_in, teahouse):
    imported = bring_in(FILE)
    bring_in(CHANGED)
    now = timezone.now()
    assert imports_to_look_at(brand=teahouse, now=now, count=5) == [imported]
    assert imports_to_look_at(brand=teahouse, now=now + timedelta(days=8), count=5) == []
    mark_seen(imported, now=now)
    assert imports_to_look_at(brand=teahouse, now=now, count=5) == []


def test_what_is_left_of_an_import_that_is_no_more_is_swept_away_in_time(teahouse):
    imported = take_in(teahouse, FILE)
    folder = imported.folder
    imported.delete()

    forget_imports(now=imported.created_at)
    assert folder.exists()
    forget_imports(now=imported.undo_until + timedelta(hours=1))
    assert not folder.exists()
