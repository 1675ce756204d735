"""Nobody may ever miss a change, whatever the order in which transactions end."""

import random
import threading
import time

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from regulars.lake.models import Removal
from regulars.lake.public import FrozenView, NotInTransaction, horizon, next_revision
from regulars.lake.tests.follower import Follower, open_connection

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def postgresql():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time")


def change(*, revision: int | None = None) -> int:
    revision = next_revision() if revision is None else revision
    Removal.objects.create(table="test", row_id=0, revision=revision)
    return revision


def test_a_revision_needs_a_transaction():
    with pytest.raises(NotInTransaction):
        next_revision()


def test_revisions_rise_and_the_horizon_follows_the_commit():
    before = horizon()
    with transaction.atomic():
        first, second = next_revision(), next_revision()
    assert before < first < second == horizon()


def test_revisions_rolled_back_are_behind_the_horizon_of_what_follows():
    with transaction.atomic():
        change()
        transaction.set_rollback(True)
    follower = Follower()
    with transaction.atomic():
        revision = change()
    follower.follow()
    assert follower.seen == [revision]


def test_flushing_the_database_does_not_break_the_numbering():
    call_command("flush", interactive=False, verbosity=0)
    before = horizon()
    with transaction.atomic():
        assert next_revision() > before


@pytest.mark.usefixtures("postgresql")
def test_a_lower_revision_that_commits_later_is_not_skipped():
    follower = Follower()
    other = open_connection()
    other.set_autocommit(False)
    with other.cursor() as cursor:
        cursor.execute("SELECT lake_next_revision()")
        (low,) = cursor.fetchone()
        with transaction.atomic():
            high = change()
        follower.follow()
        assert low < high
        assert follower.seen == []
        cursor.execute(
            'INSERT INTO lake_removal ("table", row_id, revision) VALUES (%s, 0, %s)',
            ["test", low],
        )
    other.commit()
    other.close()
    follower.follow()
    assert follower.seen == [low, high]


@pytest.mark.usefixtures("postgresql")
def test_rolling_back_to_a_savepoint_frees_what_was_taken_inside():
    other = open_connection()
    other.set_autocommit(False)
    with other.cursor() as cursor:
        cursor.execute("SAVEPOINT inner_one; SELECT lake_next_revision()")
        cursor.execute("ROLLBACK TO SAVEPOINT inner_one")
        with transaction.atomic():
            middle = next_revision()
        assert horizon() == middle
        cursor.execute("SELECT lake_next_revision()")
        (late,) = cursor.fetchone()
        assert middle <= horizon() < late
    other.rollback()
    other.close()
    assert horizon() == late


@pytest.mark.usefixtures("postgresql")
def test_a_transaction_of_many_changes_holds_one_lock():
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT count(lake_next_revision()) FROM generate_series(1, 20000)")
        cursor.execute(
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()"
        )
        assert cursor.fetchone() == (1,)


@pytest.mark.usefixtures("postgresql")
def test_a_stricter_transaction_cannot_ask_for_the_horizon():
    with transaction.atomic():
        connection.cursor().execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        with pytest.raises(FrozenView):
            horizon()


@pytest.mark.usefixtures("postgresql")
def test_a_process_that_dies_frees_what_it_held():
    other = open_connection()
    other.set_autocommit(False)
    with other.cursor() as cursor:
        cursor.execute("SELECT lake_next_revision(), pg_backend_pid()")
        taken, pid = cursor.fetchone()
    assert horizon() < taken
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [pid])
    deadline = time.monotonic() + 5
    while horizon() < taken and time.monotonic() < deadline:
        time.sleep(0.01)
    assert horizon() >= taken
    other.close()


@pytest.mark.usefixtures("postgresql")
def test_a_prepared_transaction_holds_the_horizon_back():
    with connection.cursor() as cursor:
        cursor.execute("SHOW max_prepared_transactions")
        if cursor.fetchone() == ("0",):
            pytest.skip("this server allows no prepared transactions")
    other = open_connection()
    other.set_autocommit(False)
    with other.cursor() as cursor:
        cursor.execute("SELECT lake_next_revision()")
        (taken,) = cursor.fetchone()
        cursor.execute("PREPARE TRANSACTION 'regulars_test'")
    try:
        assert horizon() < taken
    finally:
        other.rollback()
        other.set_autocommit(True)
        other.cursor().execute("ROLLBACK PREPARED 'regulars_test'")
        other.close()


def _write_for_a_while(until: float, seed: int, written: list[int]) -> None:
    chance = random.Random(seed)
    try:
        while time.monotonic() < until:
            with transaction.atomic():
                mine = _changes_with_savepoints(chance)
                time.sleep(chance.random() * 0.01)
                given_up = chance.random() < 0.2
                transaction.set_rollback(given_up)
            written += [] if given_up else mine
            time.sleep(0.001)
    finally:
        connection.close()


def _changes_with_savepoints(chance: random.Random) -> list[int]:
    kept = []
    for _ in range(chance.randint(1, 3)):
        with transaction.atomic():
            revision = change()
            time.sleep(chance.random() * 0.005)
            given_up = chance.random() < 0.3
            transaction.set_rollback(given_up)
        kept += [] if given_up else [revision]
    return kept


def test_a_follower_among_many_writers_misses_nothing_and_sees_nothing_twice():
    follower = Follower()
    until = time.monotonic() + 2.5
    written: list[list[int]] = [[] for _ in range(6)]
    writers = [
        threading.Thread(target=_write_for_a_while, args=(until, seed, written[seed]))
        for seed in range(6)
    ]
    for writer in writers:
        writer.start()
    while any(writer.is_alive() for writer in writers):
        follower.follow()
        time.sleep(0.002)
    follower.follow()
    assert follower.seen == sorted(revision for mine in written for revision in mine)
    assert len(follower.seen) > 50
