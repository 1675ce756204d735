"""Any order of taking, writing, rolling back and committing, on PostgreSQL."""

import pytest
from django.db import connection
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from regulars.lake.tests.follower import Follower, open_connection


class Interleaving(RuleBasedStateMachine):
    """Any order of taking, writing, rolling back and committing on four connections."""

    WRITERS = 4

    def __init__(self) -> None:
        super().__init__()
        self.connections = [open_connection() for _ in range(self.WRITERS)]
        for one in self.connections:
            one.set_autocommit(False)
        self.pending: list[list[int]] = [[] for _ in self.connections]
        self.saved: list[int | None] = [None] * self.WRITERS
        self.committed: list[int] = []
        self.follower = Follower()

    writers = st.integers(0, WRITERS - 1)

    @rule(n=writers)
    def write(self, n: int) -> None:
        with self.connections[n].cursor() as cursor:
            cursor.execute(
                'INSERT INTO lake_removal ("table", row_id, revision) '
                "VALUES ('test', 0, lake_next_revision()) RETURNING revision"
            )
            self.pending[n].append(cursor.fetchone()[0])

    @rule(n=writers)
    def save(self, n: int) -> None:
        self.connections[n].cursor().execute("SAVEPOINT s")
        self.saved[n] = len(self.pending[n])

    @rule(n=writers)
    def roll_back_to_savepoint(self, n: int) -> None:
        if (saved := self.saved[n]) is not None:
            self.connections[n].cursor().execute("ROLLBACK TO SAVEPOINT s")
            del self.pending[n][saved:]

    @rule(n=writers)
    def commit(self, n: int) -> None:
        self.connections[n].commit()
        self.committed += self.pending[n]
        self.pending[n], self.saved[n] = [], None

    @rule(n=writers)
    def roll_back(self, n: int) -> None:
        self.connections[n].rollback()
        self.pending[n], self.saved[n] = [], None

    @rule()
    def follow(self) -> None:
        self.follower.follow()

    @invariant()
    def has_seen_each_in_order_and_only_what_is_committed(self) -> None:
        assert self.follower.seen == sorted(set(self.follower.seen))
        assert set(self.follower.seen) <= set(self.committed)
        passed = {revision for revision in self.committed if revision <= self.follower.cursor}
        assert passed == set(self.follower.seen)

    def teardown(self) -> None:
        for one in self.connections:
            one.rollback()
            one.close()
        self.follower.follow()
        assert self.follower.seen == sorted(self.committed)


@pytest.mark.django_db(transaction=True)
def test_no_interleaving_makes_a_follower_miss_a_change():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time")
    run_state_machine_as_test(
        Interleaving,
        settings=settings(
            max_examples=40,
            stateful_step_count=40,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
