"""Imports that have not come to their end: who knows of them, and how they are finished."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from regulars.identify.commerce.public import Order, Refund
from regulars.identify.intake.models import Import, ImportState
from regulars.identify.intake.public import (
    Standing,
    give_up,
    standing_of,
    start_once,
    start_undo,
    unfinished_imports,
)
from regulars.identify.intake.tests.conftest import take_in, work
from regulars.identify.intake.tests.half_way import held_by, left_by_a_failure, left_by_a_kill
from regulars.identify.intake.tests.test_ending import CHANGED, FILE
from regulars.work.public import cancel_task, run_task

pytestmark = pytest.mark.django_db
LATER = 10


def once(imported):
    return start_once(imported, by=None, now=timezone.now())


@pytest.mark.parametrize("left", [left_by_a_failure, left_by_a_kill])
def test_an_import_left_half_way_is_known_and_how_far_it_came(teahouse, left):
    imported = left(teahouse, FILE)

    [found] = unfinished_imports(brand=teahouse)

    assert (found.imported, found.standing) == (imported, Standing.BROKE_OFF)
    assert found.left_alone
    assert (found.written["orders"], found.written["refunds"]) == (1, 0)


def test_one_that_somebody_is_at_work_on_runs(teahouse):
    imported = left_by_a_kill(teahouse, FILE)
    held_by(imported, "elsewhere:0:1@1:alive", until=LATER)

    [found] = unfinished_imports(brand=teahouse)

    assert found.standing == Standing.RUNNING
    assert not found.left_alone


def test_what_ended_or_was_refused_is_not_unfinished(teahouse, bakery):
    work(take_in(teahouse, FILE))
    refused = take_in(teahouse, "order,date,price\n1,03/04/2026,5\n")
    run_task(once(refused)[1])
    left_by_a_failure(bakery, FILE)
    refused.refresh_from_db()

    assert refused.state == ImportState.FAILED
    assert unfinished_imports(brand=teahouse) == []


def test_one_that_was_stopped_before_it_wrote_anything_is_harmless(teahouse):
    waiting, task = once(take_in(teahouse, FILE))
    assert [one.standing for one in unfinished_imports(brand=teahouse)] == [Standing.WAITING]

    cancel_task(task, by=None, now=timezone.now())

    [found] = unfinished_imports(brand=teahouse)
    assert (found.imported, found.standing, found.harmless) == (waiting, Standing.CANCELLED, True)


def test_the_unfinished_are_found_in_two_questions(teahouse, django_assert_max_num_queries):
    left_by_a_failure(teahouse, FILE)
    for _ in range(3):
        work(take_in(teahouse, CHANGED))

    with django_assert_max_num_queries(2):
        assert len(unfinished_imports(brand=teahouse)) == 1


@pytest.mark.parametrize("left", [left_by_a_failure, left_by_a_kill])
def test_the_same_file_again_goes_on_with_the_one_that_broke_off(teahouse, left):
    broken = left(teahouse, FILE)
    again = take_in(teahouse, FILE)

    started, task = once(again)

    assert started == broken
    assert not Import.objects.filter(pk=again.pk).exists()
    assert not again.folder.exists()
    run_task(task)
    assert Refund.objects.count() == 1
    assert unfinished_imports(brand=teahouse) == []


def test_of_the_same_file_twice_at_once_one_is_brought_in_whoever_comes_first(teahouse):
    first, second = take_in(teahouse, FILE), take_in(teahouse, FILE)

    started, task = once(second)
    joined, same = once(first)

    assert started == joined == second
    assert task == same
    assert list(Import.objects.all()) == [second]


def test_another_file_is_not_joined(teahouse):
    left_by_a_failure(teahouse, FILE)
    other = take_in(teahouse, CHANGED)

    assert once(other)[0] == other


def test_one_that_was_killed_is_given_up_and_undone(teahouse):
    imported = left_by_a_kill(teahouse, FILE)
    assert not imported.may_be_undone(now=timezone.now())

    give_up(imported, by=None, now=timezone.now())
    run_task(start_undo(imported, by=None, now=timezone.now()))

    imported.refresh_from_db()
    assert imported.state == ImportState.UNDONE
    assert standing_of(imported) is None
    assert not Order.objects.exists()


def test_today_names_what_was_killed_though_its_state_says_that_it_runs(sign_in, dan, teahouse):
    imported = left_by_a_kill(teahouse, FILE)
    Import.objects.update(seen_at=timezone.now(), created_at=timezone.now() - timedelta(days=9))

    page = sign_in(dan).get(reverse("intake:today_imports", args=["teahouse"])).content.decode()

    assert imported.file_name in page
    assert "broke off" in page
    assert "running" not in page
