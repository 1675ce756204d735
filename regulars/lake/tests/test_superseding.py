"""A question that nobody waits for any more is stopped, and no other."""

import threading
import time

import pytest
from django.db import connection

from regulars.lake.public import Superseded, TookTooLong, catch_up, reading, superseding

ENDLESS = "SELECT count(*) FROM range(1000000000) a, range(1000000) b WHERE a.range % 7 = b.range"
SHORT = "SELECT count(*) FROM range(3)"


@pytest.fixture
def asked(lake):
    """Ask in a thread; ``began`` is set when it does, and what came of it is in ``outcome``."""
    catch_up()
    threads = []

    def ask(asker, *queries, seconds=60.0):
        thread = threading.Thread(target=_ask, args=(asker, queries, seconds))
        thread.began, thread.outcome = threading.Event(), None
        threads.append(thread)
        thread.start()
        thread.began.wait()
        return thread

    yield ask
    for thread in threads:
        thread.join(timeout=30)
        assert not thread.is_alive()


def _ask(asker, queries, seconds):
    me = threading.current_thread()
    try:
        with superseding(asker, seconds=seconds), reading() as lake:
            me.began.set()
            for query in queries:
                me.outcome = lake.connection.raw_sql(query).fetchone()[0]
    except (Superseded, TookTooLong) as error:
        me.outcome = type(error)
    finally:
        connection.close()
        me.began.set()


def _dawdle_and_ask():
    with superseding("Mia", seconds=0.05), reading() as lake:
        time.sleep(0.3)
        lake.connection.raw_sql(ENDLESS).fetchone()


def test_a_newer_question_stops_the_older_one_of_the_same_asker(asked):
    older, other = asked("Mia", ENDLESS), asked("Ana", ENDLESS, seconds=1.5)
    newer = asked("Mia", SHORT)
    older.join(timeout=20)
    newer.join(timeout=20)
    assert (older.outcome, newer.outcome) == (Superseded, 3)
    other.join(timeout=20)
    assert other.outcome is TookTooLong


def test_who_has_no_name_supersedes_nobody(asked):
    older = asked("", ENDLESS, seconds=1)
    asked("", SHORT).join(timeout=20)
    assert older.outcome is None
    older.join(timeout=20)
    assert older.outcome is TookTooLong


def test_what_is_stopped_between_two_queries_does_not_begin_the_next(lake):
    catch_up()
    began = time.monotonic()
    with pytest.raises(TookTooLong):
        _dawdle_and_ask()
    assert time.monotonic() - began < 20


def test_what_is_answered_in_time_leaves_nothing_behind(asked):
    for _turn in range(3):
        ask = asked("Mia", SHORT)
        ask.join(timeout=20)
        assert ask.outcome == 3
    with reading() as lake:
        assert lake.connection.raw_sql(SHORT).fetchone()[0] == 3
