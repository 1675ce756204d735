"""Let one process at a time write to the lake.

A lock of the operating system or of PostgreSQL goes with the process that dies, at once; a lease
would have to expire, and costs writes every second. Should two writers meet all the same, Delta
refuses the second commit, because both move one cursor.
"""

import fcntl
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager

from django.conf import settings
from django.db import connection

PATIENCE = 0.02
LOCK_CLASS = 0x4C414B45  # "LAKE"
MIRROR, COMPACTION, COMPUTED = "mirror", "compaction", "computed"
Attempt = Callable[[], bool]


@contextmanager
def only_writer(*, of: str = MIRROR, wait: bool = True, shared: bool = False) -> Iterator[bool]:
    """Give True while nobody else holds this lock; give False if they do and ``wait`` is False.

    ``of`` is MIRROR, COMPACTION, COMPUTED or the name of one computed table. ``shared``: beside
    others who share it too, against one who wants it alone.
    """
    held = _postgresql_lock if connection.vendor == "postgresql" else _file_lock
    with held(of, shared=shared) as attempt:
        while not (taken := attempt()) and wait:
            time.sleep(PATIENCE)
        yield taken


@contextmanager
def _file_lock(of: str, *, shared: bool) -> Iterator[Attempt]:
    locks = settings.REGULARS_DATA / "locks"
    locks.mkdir(parents=True, exist_ok=True)
    with (locks / f"lake-{of}").open("w") as file:

        def attempt() -> bool:
            try:
                fcntl.flock(file, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
            except BlockingIOError:
                return False
            return True

        yield attempt


@contextmanager
def _postgresql_lock(of: str, *, shared: bool) -> Iterator[Attempt]:
    """Hold the lock by a transaction: a session's lock is lost behind a pooler of transactions."""
    kind = "pg_try_advisory_xact_lock_shared" if shared else "pg_try_advisory_xact_lock"
    other = connection.copy()
    other.set_autocommit(False)
    with closing(other), other.cursor() as cursor:

        def attempt() -> bool:
            cursor.execute(f"SELECT {kind}(%s, hashtext(%s))", [LOCK_CLASS, of])
            return bool(cursor.fetchone()[0])

        yield attempt
